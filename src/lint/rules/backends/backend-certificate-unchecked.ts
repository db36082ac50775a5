import { defineRule } from '../../rule.ts';

const switches = [
  ['validateCertChainAndExpiry', 'who issued the certificate and whether it has expired'],
  ['validateSNI', 'whom the certificate is for'],
] as const;

export const rule = defineRule({
  code: 'AGW6015',
  id: 'backend-certificate-unchecked',
  severity: 'warning',
  category: 'backends',
  title: 'Certificates of backends are checked',
  why: 'A gateway that takes any certificate can be led to any server.',
  source: 'https://learn.microsoft.com/azure/application-gateway/configuration-http-settings',
  check({ gateway, raw, report }) {
    for (const settings of gateway.backendHttpSettingsCollection.filter(({ protocol }) => protocol === 'Https')) {
      for (const [member, what] of switches) {
        const given = raw(settings.origin, 'properties', member);
        if (given.boolean === false)
          report(given, `Backend settings '${settings.name}' do not check ${what} ('${member}': false).`);
      }
    }
  },
});
