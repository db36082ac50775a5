import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5141',
  id: 'location-missing',
  severity: 'error',
  category: 'operations',
  title: 'A gateway has a location',
  why: 'Azure Resource Manager refuses a resource of this type that does not say where it is to be.',
  source: 'https://learn.microsoft.com/azure/azure-resource-manager/templates/resource-location',
  azureCode: 'LocationRequired',
  azureMessage: 'The location property is required for this definition.',
  check({ gateway, raw, report }) {
    // What clients and examples show of a gateway is less than what is deployed; and what could not be evaluated is there.
    if (!raw(gateway.origin, 'apiVersion').isGiven || raw(gateway.origin, 'location').isGiven) return;
    report(
      gateway.origin,
      `Gateway '${gateway.name}' has no 'location'; "[resourceGroup().location]" is the usual one.`,
    );
  },
});
