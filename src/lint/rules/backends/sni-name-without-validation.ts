import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5065',
  id: 'sni-name-without-validation',
  severity: 'error',
  category: 'backends',
  title: "'sniName' goes with 'validateSNI'",
  why: 'A name for SNI counts only while the name of the certificate is checked against it.',
  source: 'https://learn.microsoft.com/azure/application-gateway/configuration-http-settings',
  check({ gateway, raw, report }) {
    for (const settings of gateway.backendHttpSettingsCollection) {
      if (settings.sniName === null || settings.validateSNI) continue;
      const place = raw(settings.origin, 'properties', 'sniName');
      report(
        place,
        `Backend settings '${settings.name}' have an 'sniName' and 'validateSNI' set to false; remove one of them.`,
        { basedOn: [raw(settings.origin, 'properties', 'validateSNI')] },
      );
    }
  },
});
