import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5110',
  id: 'key-vault-id-invalid',
  severity: 'error',
  category: 'tls',
  title: "'keyVaultSecretId' is the address of a secret",
  why: 'Azure reads the certificate as a secret of the vault, by https://<vault>.vault.azure.net/secrets/<name>.',
  source: 'https://learn.microsoft.com/azure/application-gateway/key-vault-certs',
  check({ gateway, raw, report }) {
    for (const certificate of [...gateway.sslCertificates, ...gateway.trustedRootCertificates]) {
      const id = raw(certificate.origin, 'properties', 'keyVaultSecretId');
      if (!id.text || id.isSecret) continue;
      if (/^https:\/\/[^/]+\/secrets\/[^/]+(\/[^/]*)?\/?$/i.test(id.text)) continue;
      // A bare word stands in for a parameter that was not given.
      if (/^[\w-]+$/.test(id.text)) continue;
      const found = id.text.startsWith('/subscriptions/') ? 'is a resource ID' : `is '${id.text}'`;
      report(
        id,
        `'keyVaultSecretId' of certificate '${certificate.name}' ${found}; it should be 'https://<vault>.vault.azure.net/secrets/<name>'.`,
      );
    }
  },
});
