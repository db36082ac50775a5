import { describeRewriteRule } from '../../facts/rewrite-placeholders.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW2025',
  id: 'reroute-without-path-map',
  severity: 'warning',
  category: 'rewrites',
  title: 'Only requests with a path map are routed again',
  why: "'reroute' looks the new path up in the path map, and a Basic rule has none.",
  source: 'https://learn.microsoft.com/azure/application-gateway/rewrite-http-headers-url#limitations',
  check({ gateway, raw, report }) {
    for (const { name, target, origin } of gateway.requestRoutingRules) {
      const set = target.kind === 'backend' ? target.rewriteRuleSet : null;
      if (set === null) continue;
      for (const rule of set.rewriteRules.filter(({ url }) => url?.reroute)) {
        const place = rule.url === null ? raw(rule.origin) : raw(rule.url.origin, 'reroute');
        report(
          place,
          `${describeRewriteRule({ set, rule })} has 'reroute', but is used by the Basic rule '${name}', which has no path map.`,
          { basedOn: [raw(origin, 'properties', 'ruleType')] },
        );
      }
    }
  },
});
