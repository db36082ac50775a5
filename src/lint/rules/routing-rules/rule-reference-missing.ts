import type { RequestRoutingRule } from '../../../gateway/model.ts';
import { upperFirst } from '../../facts/names.ts';
import type { Raw } from '../../raw.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5040',
  id: 'rule-reference-missing',
  severity: 'error',
  category: 'routing-rules',
  title: 'A rule names its listener and where requests go',
  why: 'A Basic rule needs a pool and settings or a redirect, a path-based one a path map, an advanced one an advanced routing map.',
  source: 'https://learn.microsoft.com/azure/application-gateway/configuration-request-routing-rules',
  azureCode: 'ApplicationGatewayRequestRoutingRuleMustReference',
  azureMessage: 'Request Routing Rule {id} must reference a {member}.',
  check({ gateway, raw, report }) {
    for (const rule of gateway.requestRoutingRules) {
      const missing = missingMembers(rule, raw(rule.origin, 'properties'));
      const [first = ''] = missing;
      if (first === '') continue;
      const names = missing.map((member) => `'${member}'`).join(' and ');
      report(rule.origin, `${labels[rule.ruleType]} '${rule.name}' has no ${names}.`, {
        azureValues: { member: upperFirst(first) },
      });
    }
  },
});

const labels = { Basic: 'Basic rule', PathBasedRouting: 'Path-based rule', AdvancedRouting: 'Advanced rule' } as const;

function missingMembers(rule: RequestRoutingRule, properties: Raw): readonly string[] {
  return ['httpListener', ...targetMembersOf(rule, properties)].filter((member) => !properties.member(member).isGiven);
}

function targetMembersOf(rule: RequestRoutingRule, properties: Raw): readonly string[] {
  if (rule.ruleType === 'PathBasedRouting') return ['urlPathMap'];
  if (rule.ruleType === 'AdvancedRouting') return ['advancedRoutingMap'];
  if (properties.member('redirectConfiguration').isGiven) return [];
  // A path map on a Basic rule is a wrong type of rule rather than a missing pool.
  if (properties.member('urlPathMap').isGiven) return [];
  const pool = properties.member('loadDistributionPolicy').isGiven ? [] : ['backendAddressPool'];
  return [...pool, 'backendHttpSettings'];
}
