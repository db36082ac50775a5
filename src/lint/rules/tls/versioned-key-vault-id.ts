import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW6014',
  id: 'versioned-key-vault-id',
  severity: 'info',
  category: 'tls',
  title: 'A certificate of Key Vault is named without its version',
  why: 'With a version in the address the gateway keeps the old certificate when the vault renews it, until it expires.',
  source: 'https://learn.microsoft.com/azure/application-gateway/key-vault-certs',
  check({ gateway, raw, report }) {
    for (const certificate of gateway.sslCertificates) {
      const id = raw(certificate.origin, 'properties', 'keyVaultSecretId');
      if (!/\/secrets\/[^/]+\/[0-9a-f]{32}\/?$/i.test(id.text ?? '')) continue;
      report(
        id,
        `Certificate '${certificate.name}' is fixed to one version of its secret and does not renew; leave the version out of 'keyVaultSecretId'.`,
      );
    }
  },
});
