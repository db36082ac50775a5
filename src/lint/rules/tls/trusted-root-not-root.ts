import { readCertificate } from '../../facts/certificates.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5113',
  id: 'trusted-root-not-root',
  severity: 'error',
  category: 'tls',
  title: 'A trusted root certificate is one of a root authority',
  why: 'Azure refuses intermediate certificates and those of servers: trust begins at the root.',
  source: 'https://learn.microsoft.com/azure/application-gateway/certificates-for-backend-authentication',
  azureCode: 'ApplicationGatewayTrustedRootCertificateInvalidData',
  check({ gateway, raw, report }) {
    for (const { name, origin, data } of gateway.trustedRootCertificates) {
      const certificate = data === null ? undefined : readCertificate(data);
      if (certificate === undefined || certificate.subject === certificate.issuer) continue;
      const issuer = certificate.issuer.split('\n').at(-1) ?? certificate.issuer;
      report(
        raw(origin, 'properties', 'data'),
        `Trusted root certificate '${name}' was issued by another authority (${issuer}); take the certificate of that root.`,
      );
    }
  },
});
