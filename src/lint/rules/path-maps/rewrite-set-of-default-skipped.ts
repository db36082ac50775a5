import { parsePathPattern } from '../../../routing/match-path.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW2003',
  id: 'rewrite-set-of-default-skipped',
  severity: 'warning',
  category: 'path-maps',
  title: "A path rule for all paths has the default's rewrite rule set",
  why: "The default's rewrite rule set runs only for requests that fit no path rule. Behind a path rule for all paths it never runs.",
  source: 'https://learn.microsoft.com/troubleshoot/azure/application-gateway/troubleshoot-url-rewrite-rules',
  check({ gateway, raw, report }) {
    for (const map of gateway.urlPathMaps) {
      const { defaultTarget } = map;
      if (defaultTarget.kind !== 'backend' || defaultTarget.rewriteRuleSet === null) continue;
      const catchAll = map.pathRules.find((pathRule) => pathRule.paths.some(takesEverything));
      if (catchAll?.target.kind !== 'backend' || catchAll.target.rewriteRuleSet !== null) continue;
      const { name } = defaultTarget.rewriteRuleSet;
      report(
        catchAll.origin,
        `Path rule '${catchAll.name}' takes every path, so rewrite rule set '${name}' of the default of path map '${map.name}' never runs; set it on the path rule too.`,
        {
          related: [
            { message: 'The default has it here.', place: raw(map.origin, 'properties', 'defaultRewriteRuleSet') },
          ],
          basedOn: ['rewriteRuleSet', 'paths'].map((member) => raw(catchAll.origin, 'properties', member)),
        },
      );
    }
  },
});

function takesEverything(path: string): boolean {
  const { literal, isPrefix } = parsePathPattern(path);
  return isPrefix && literal === '/';
}
