import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5106',
  id: 'certificate-source',
  severity: 'error',
  category: 'tls',
  title: 'A certificate comes with its data or from Key Vault',
  why: "A certificate is 'data' with 'password', or 'keyVaultSecretId', or 'hsm'.",
  source: 'https://learn.microsoft.com/azure/application-gateway/key-vault-certs',
  check({ gateway, raw, report }) {
    for (const certificate of gateway.sslCertificates) {
      const properties = raw(certificate.origin, 'properties');
      const sources = ['data', 'keyVaultSecretId', 'hsm'].filter((name) => isFilled(properties.member(name)));
      const [first, second] = sources;
      if (second !== undefined) {
        report(
          properties.member(second),
          `Certificate '${certificate.name}' has '${first}' and '${second}'; keep one of them.`,
        );
      } else if (first === 'keyVaultSecretId' && isFilled(properties.member('password'))) {
        report(
          properties.member('password'),
          `Certificate '${certificate.name}' comes from Key Vault and needs no 'password'.`,
        );
      } else if (first === undefined && !properties.member('publicCertData').isGiven) {
        report(certificate.origin, `Certificate '${certificate.name}' has neither 'data' nor 'keyVaultSecretId'.`);
      }
    }
  },
});

function isFilled(raw: { readonly isGiven: boolean; readonly text: string | undefined }): boolean {
  return raw.isGiven && raw.text !== '';
}
