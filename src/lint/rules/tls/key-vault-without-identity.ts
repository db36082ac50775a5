import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5109',
  id: 'key-vault-without-identity',
  severity: 'error',
  category: 'tls',
  title: 'A gateway that reads Key Vault has a user-assigned identity',
  why: 'The gateway reads its certificates as that identity; a system-assigned one does not do.',
  source: 'https://learn.microsoft.com/azure/application-gateway/key-vault-certs',
  azureCode: 'ApplicationGatewayKeyVaultSecretRequiresUserAssignedIdentity',
  check({ gateway, raw, report }) {
    const type = raw(gateway.origin, 'identity', 'type');
    const identities = raw(gateway.origin, 'identity', 'userAssignedIdentities').members();
    if (/UserAssigned/i.test(type.text ?? '') && identities.length > 0) return;
    const fault = type.text === undefined ? "has no 'identity'" : `has the identity type '${type.text}'`;
    for (const certificate of [...gateway.sslCertificates, ...gateway.trustedRootCertificates]) {
      const secret = raw(certificate.origin, 'properties', 'keyVaultSecretId');
      if (!secret.text) continue;
      const wanted = /UserAssigned/i.test(type.text ?? '')
        ? `but lists no 'userAssignedIdentities'`
        : `but needs a user-assigned one`;
      report(
        secret,
        `Certificate '${certificate.name}' comes from Key Vault; gateway '${gateway.name}' ${fault} ${wanted}.`,
        { basedOn: ['type', 'userAssignedIdentities'].map((member) => raw(gateway.origin, 'identity', member)) },
      );
    }
  },
});
