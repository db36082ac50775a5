import { defineRule } from '../../rule.ts';

const oldest = '2021-08-01';

export const rule = defineRule({
  code: 'AGW6027',
  id: 'old-api-version',
  severity: 'info',
  category: 'operations',
  appliesTo: 'v2',
  title: 'A template is written for a current api-version',
  why: 'Older versions know no rule priorities in their present form and hide what was added since; what a template does not know, a deployment takes away.',
  source: 'https://learn.microsoft.com/azure/templates/microsoft.network/applicationgateways',
  sameAs: ['arm-ttk apiVersions Should Be Recent'],
  check({ gateway, raw, report }) {
    if (gateway.apiVersion === null || gateway.apiVersion >= oldest) return;
    // What is no version at all has been reported.
    if (!/^\d{4}-\d{2}-\d{2}/.test(gateway.apiVersion)) return;
    const place = raw(gateway.origin, 'apiVersion');
    report(
      place.isGiven ? place : gateway.origin,
      `Gateway '${gateway.name}' has api-version ${gateway.apiVersion}; take ${oldest} or a newer one.`,
    );
  },
});
