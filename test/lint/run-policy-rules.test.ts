import { expect, test } from 'vitest';
import type { PolicyRule } from '../../src/lint/rule.ts';
import { lintText } from './lint-text.ts';

/** A template with nothing but a firewall policy. */
const template = JSON.stringify({
  $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
  contentVersion: '1.0.0.0',
  resources: [
    {
      type: 'Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies',
      apiVersion: '2024-05-01',
      name: 'waf',
      location: 'westeurope',
      properties: {
        managedRules: { managedRuleSets: [{ ruleSetType: 'OWASP', ruleSetVersion: '9.9' }] },
      },
    },
  ],
});

const throwing: PolicyRule = {
  code: 'AGW2999',
  id: 'of-the-test',
  severity: 'warning',
  category: 'waf',
  title: 'A rule',
  why: 'To test.',
  source: 'https://example.com',
  subject: 'firewallPolicy',
  check({ policy, report }) {
    report(policy.body, 'Found.');
    throw new Error('out of ideas');
  },
};

test('a policy is checked though no gateway uses it', () => {
  expect(lintText(template).found).toMatchObject([
    {
      rule: 'rule-set-version-unknown',
      azureCode: 'ApplicationGatewayFirewallUnknownRuleSetVersion',
      azureMessage: "RuleSetVersion '9.9' is unsupported for specified RuleSetType 'OWASP'",
      path: 'properties.managedRules.managedRuleSets[0].ruleSetVersion',
    },
  ]);
});

test('a rule that throws is a finding and keeps what it found', () => {
  expect(lintText(template, { rules: [throwing] }).found).toMatchObject([
    { code: 'AGW2999', message: 'Found.' },
    {
      rule: 'rule-failed',
      message: "Rule 'of-the-test' could not check firewall policy 'waf': out of ideas",
    },
  ]);
});

test('a rule that is turned off is silent', () => {
  const severities = new Map([['of-the-test', 'off' as const]]);
  expect(lintText(template, { rules: [throwing], severities }).found).toEqual([]);
});
