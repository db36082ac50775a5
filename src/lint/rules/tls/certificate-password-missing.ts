import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5107',
  id: 'certificate-password-missing',
  severity: 'error',
  category: 'tls',
  title: 'A certificate with data has a password',
  why: 'Azure opens the PFX file with it, and refuses one without.',
  source: 'https://github.com/Azure/azure-xplat-cli/issues/2866',
  azureMessage: 'Password not specified for certificate {id}.',
  check({ gateway, raw, report }) {
    for (const certificate of gateway.sslCertificates) {
      const properties = raw(certificate.origin, 'properties');
      if (!properties.member('data').text || properties.member('password').isGiven) continue;
      report(certificate.origin, `Certificate '${certificate.name}' has 'data' without 'password'.`);
    }
  },
});
