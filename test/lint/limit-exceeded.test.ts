import { expect, test } from 'vitest';
import { rule } from '../../src/lint/rules/operations/limit-exceeded.ts';
import { lintText } from './lint-text.ts';

/** A WAF_v2 gateway with 41 frontend ports, behind a firewall with this version of CRS. */
function template(ruleSetVersion: string, tier = 'WAF_v2'): string {
  const type = 'Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies';
  const frontendPorts = Array.from({ length: 41 }, (_, index) => ({
    name: `port${index}`,
    properties: { port: 8000 + index },
  }));
  return JSON.stringify({
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    contentVersion: '1.0.0.0',
    resources: [
      {
        type,
        apiVersion: '2024-05-01',
        name: 'waf',
        location: 'westeurope',
        properties: { managedRules: { managedRuleSets: [{ ruleSetType: 'OWASP', ruleSetVersion }] } },
      },
      {
        type: 'Microsoft.Network/applicationGateways',
        apiVersion: '2024-05-01',
        name: 'gw',
        location: 'westeurope',
        properties: {
          sku: { name: tier, tier, capacity: 2 },
          firewallPolicy: { id: `[resourceId('${type}', 'waf')]` },
          frontendPorts,
        },
      },
    ],
  });
}

// https://learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits#application-gateway-limits
test('a firewall with CRS 3.1 lowers the limits', () => {
  expect(lintText(template('3.1'), { rules: [rule] }).found).toMatchObject([
    {
      path: 'properties.frontendPorts[40]',
      message: "Gateway 'gw' has 41 'frontendPorts'; SKU tier 'WAF_v2' with CRS 3.1 or older allows 40.",
      azureMessage:
        'The number of FrontendPorts exceeds the maximum allowed value. The number of FrontendPorts is 41 and the maximum allowed is 40.',
    },
  ]);
});

test.each([
  ['CRS 3.2', template('3.2')],
  ['a tier without a firewall', template('3.1', 'Standard_v2')],
])('%s does not', (_, text) => {
  expect(lintText(text, { rules: [rule] }).found).toEqual([]);
});
