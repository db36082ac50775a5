import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5111',
  id: 'trusted-client-certificate-data',
  severity: 'error',
  category: 'tls',
  title: 'A trusted client certificate has its chain and no private key',
  why: 'Azure needs the authority to check clients against, and refuses keys.',
  source: 'https://learn.microsoft.com/troubleshoot/azure/application-gateway/mutual-authentication-troubleshooting',
  azureCode: 'ApplicationGatewayTrustedClientCertificateMustSpecifyData',
  check({ gateway, raw, report }) {
    for (const certificate of gateway.trustedClientCertificates) {
      const properties = raw(certificate.origin, 'properties');
      const data = properties.member('data');
      if (!data.text) {
        if (!properties.member('validatedCertData').isGiven)
          report(data, `Trusted client certificate '${certificate.name}' has no 'data'.`);
      } else if (
        /-----BEGIN [A-Z ]*PRIVATE KEY/.test(Buffer.from(data.text, 'base64').toString('latin1') + data.text)
      ) {
        report(data, `'data' of trusted client certificate '${certificate.name}' holds a private key; leave it out.`, {
          azureCode: 'ApplicationGatewayTrustedClientCertificateMustNotHavePrivateKey',
        });
      }
    }
  },
});
