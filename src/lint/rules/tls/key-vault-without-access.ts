import { sameName } from '../../../base/case-insensitive-map.ts';
import { rawBody } from '../../facts/neighbours.ts';
import type { Raw } from '../../raw.ts';
import type { RuleContext } from '../../rule.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5114',
  id: 'key-vault-without-access',
  severity: 'error',
  category: 'tls',
  title: 'The key vault lets the gateway read its secrets',
  why: "The gateway's identity needs the permission to get secrets. A vault of the same template whose access policies give it to nobody refuses the gateway, and the deployment fails after minutes.",
  source:
    'https://learn.microsoft.com/azure/application-gateway/key-vault-certs#delegate-user-assigned-managed-identity-to-key-vault',
  azureCode: 'ApplicationGatewayKeyVaultSecretAccessDenied',
  azureMessage:
    "Access denied for KeyVault Secret '{url}' for Application Gateway '{gateway}'. Make sure that Identity assigned to Application Gateway has access to the KeyVault associated with secret.",
  check(context) {
    const { gateway, raw, report } = context;
    for (const certificate of [...gateway.sslCertificates, ...gateway.trustedRootCertificates]) {
      const secret = raw(certificate.origin, 'properties', 'keyVaultSecretId');
      const vault = vaultOf(context, secret.text ?? '');
      if (vault === undefined) continue;
      const name = vault.member('name').text ?? '';
      const message = `Certificate '${certificate.name}' comes from key vault '${name}', whose access policies let nobody get secrets.`;
      report(secret, message, {
        azureValues: { url: secret.text ?? '', gateway: gateway.name },
        related: [{ message: `Key vault '${name}' is here.`, place: vault }],
      });
    }
  },
});

/** The vault of the template that a secret is in, when nobody can read it. Roles may be given anywhere. */
function vaultOf({ graph }: RuleContext, secretId: string): Raw | undefined {
  const [, name = ''] = /^https:\/\/([^./]+)\.vault\./i.exec(secretId) ?? [];
  const vault = graph.ofType('Microsoft.KeyVault/vaults').find((candidate) => sameName(candidate.name, name));
  if (vault === undefined || graph.childrenOf(vault.id).some(({ type }) => /\/accessPolicies$/i.test(type))) return;
  const body = rawBody(vault);
  const policies = body.at('properties', 'accessPolicies');
  const byRoles = body.at('properties', 'enableRbacAuthorization');
  if (byRoles.isUncertain || byRoles.boolean === true || policies.value?.kind !== 'Array' || policies.isUncertain)
    return;
  return policies.items().some(canGetSecrets) ? undefined : body;
}

function canGetSecrets(policy: Raw): boolean {
  const permissions = policy.at('permissions', 'secrets');
  if (policy.isUncertain || permissions.isUncertain) return true;
  return permissions.items().some(({ text, isUncertain }) => isUncertain || /^(get|all)$/i.test(text ?? ''));
}
