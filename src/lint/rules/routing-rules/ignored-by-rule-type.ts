import { defineRule } from '../../rule.ts';

const ignoredBy = {
  Basic: ['urlPathMap'],
  PathBasedRouting: ['backendAddressPool', 'backendHttpSettings', 'redirectConfiguration', 'rewriteRuleSet'],
  AdvancedRouting: ['urlPathMap'],
} as const;

export const rule = defineRule({
  code: 'AGW2001',
  id: 'ignored-by-rule-type',
  severity: 'warning',
  category: 'routing-rules',
  title: 'A rule has only what its type uses',
  why: 'A path-based rule goes by its path map alone, a Basic rule by its own pool or redirect: the rest has no effect.',
  source: 'https://github.com/MicrosoftDocs/azure-docs/issues/121552',
  check({ gateway, raw, report }) {
    for (const rule of gateway.requestRoutingRules) {
      const properties = raw(rule.origin, 'properties');
      for (const member of ignoredBy[rule.ruleType]) {
        const given = properties.member(member);
        if (!given.isGiven) continue;
        const instead =
          rule.ruleType === 'PathBasedRouting'
            ? `Its path map decides; set it there, as default or on path rules.`
            : `A path map needs 'ruleType': 'PathBasedRouting'.`;
        report(given, `'${member}' has no effect on rule '${rule.name}' of type '${rule.ruleType}'. ${instead}`);
      }
    }
  },
});
