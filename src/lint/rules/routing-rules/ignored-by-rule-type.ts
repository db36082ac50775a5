import type { RequestRoutingRule } from '../../../gateway/model.ts';
import { defineRule } from '../../rule.ts';

const ownTarget = ['backendAddressPool', 'backendHttpSettings', 'redirectConfiguration', 'rewriteRuleSet'] as const;

const ignoredBy = {
  Basic: ['urlPathMap', 'advancedRoutingMap'],
  PathBasedRouting: [...ownTarget, 'advancedRoutingMap'],
  AdvancedRouting: [...ownTarget, 'urlPathMap'],
} as const;

export const rule = defineRule({
  code: 'AGW2001',
  id: 'ignored-by-rule-type',
  severity: 'warning',
  category: 'routing-rules',
  title: 'A rule has only what its type uses',
  why: 'A path-based or advanced rule goes by its map alone, a Basic rule by its own pool or redirect: the rest has no effect.',
  source: 'https://github.com/MicrosoftDocs/azure-docs/issues/121552',
  check({ gateway, raw, report }) {
    for (const rule of gateway.requestRoutingRules) {
      const properties = raw(rule.origin, 'properties');
      for (const member of ignoredBy[rule.ruleType]) {
        const given = properties.member(member);
        if (!given.isGiven) continue;
        const message = `'${member}' has no effect on rule '${rule.name}' of type '${rule.ruleType}'.`;
        report(given, `${message} ${insteadOf(member, rule.ruleType)}`);
      }
    }
  },
});

function insteadOf(member: string, type: RequestRoutingRule['ruleType']): string {
  if (member === 'urlPathMap') return "A path map needs 'ruleType': 'PathBasedRouting'.";
  if (member === 'advancedRoutingMap') return "An advanced routing map needs 'ruleType': 'AdvancedRouting'.";
  const [map, rules] = type === 'AdvancedRouting' ? ['advanced routing map', 'its rules'] : ['path map', 'path rules'];
  return `Its ${map} decides; set it there, as default or on ${rules}.`;
}
