import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW6013',
  id: 'secret-in-template',
  severity: 'warning',
  category: 'tls',
  title: 'Private keys and passwords do not stand in the template',
  why: "Who reads the template, a parameter of type 'string' or the history of deployments has the key. Secure parameters and Key Vault keep it out of them.",
  source:
    'https://learn.microsoft.com/azure/azure-resource-manager/templates/best-practices#security-recommendations-for-parameters',
  sameAs: ['arm-ttk Password params must be secure'],
  check({ gateway, raw, report }) {
    for (const certificate of gateway.sslCertificates) {
      const properties = raw(certificate.origin, 'properties');
      const open = ['data', 'password'].filter((name) => {
        const given = properties.member(name);
        return Boolean(given.text) && !given.isSecret && !given.isOfRunTime;
      });
      const [first] = open;
      if (first === undefined) continue;
      const names = open.map((name) => `'${name}'`).join(' and ');
      report(
        properties.member(first),
        `${names} of certificate '${certificate.name}' can be read by everybody who sees the template; use a 'securestring' parameter or 'keyVaultSecretId'.`,
        { evenIfUncertain: true },
      );
    }
  },
});
