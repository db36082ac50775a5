import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5064',
  id: 'certificates-on-http-settings',
  severity: 'error',
  category: 'backends',
  title: 'Only settings that speak Https list certificates',
  why: 'Certificates of backends mean something over TLS only.',
  source: 'https://learn.microsoft.com/azure/application-gateway/configuration-http-settings#protocol',
  check({ gateway, raw, report }) {
    for (const settings of gateway.backendHttpSettingsCollection.filter(({ protocol }) => protocol === 'Http')) {
      for (const member of ['trustedRootCertificates', 'authenticationCertificates']) {
        const given = raw(settings.origin, 'properties', member);
        if (given.items().length === 0) continue;
        report(
          given,
          `Backend settings '${settings.name}' speak Http and list '${member}'; use 'protocol': 'Https' or leave them out.`,
          { basedOn: [raw(settings.origin, 'properties', 'protocol')] },
        );
      }
    }
  },
});
