import type { Gateway } from '../../../gateway/model.ts';
import { isLiteral } from '../../facts/literal.ts';
import type { Raw } from '../../raw.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW6013',
  id: 'secret-in-template',
  severity: 'warning',
  category: 'tls',
  title: 'Private keys and passwords do not stand in the template',
  why: "Who reads the template, a parameter of type 'string' or the history of deployments has the key, as has who reads the default value of a secure one. Secure parameters and Key Vault keep it out of them.",
  source:
    'https://learn.microsoft.com/azure/azure-resource-manager/templates/best-practices#security-recommendations-for-parameters',
  sameAs: ['arm-ttk Password params must be secure'],
  check({ gateway, raw, report }) {
    for (const certificate of gateway.sslCertificates) {
      const properties = raw(certificate.origin, 'properties');
      const open = ['data', 'password'].filter((name) => isReadable(properties.member(name), gateway));
      const [first] = open;
      if (first === undefined) continue;
      const names = open.map((name) => `'${name}'`).join(' and ');
      const advice = open.every((name) => properties.member(name).isSecret)
        ? 'take the default value out of the parameter'
        : "use a 'securestring' parameter or 'keyVaultSecretId'";
      report(
        properties.member(first),
        `${names} of certificate '${certificate.name}' can be read by everybody who sees the template; ${advice}.`,
        { evenIfUncertain: true },
      );
    }
  },
});

/** A secure parameter keeps what it is given from being read, and not what stands in the template as its default. */
function isReadable(given: Raw, gateway: Gateway): boolean {
  if (!given.text || given.isOfRunTime) return false;
  return (
    !given.isSecret || (!given.isUncertain && isLiteral(given) && given.span?.source === gateway.origin.span?.source)
  );
}
