import { pathPatternCovers } from '../../facts/path-pattern.ts';
import type { Raw } from '../../raw.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW2002',
  id: 'path-rule-unreachable',
  severity: 'warning',
  category: 'path-maps',
  title: 'No path stands behind a wider one',
  why: 'Path rules are tried in the order in which they are listed, and the first that fits takes the request.',
  source: 'https://learn.microsoft.com/azure/application-gateway/url-route-overview',
  check({ gateway, raw, report }) {
    for (const map of gateway.urlPathMaps) {
      const earlier: { readonly path: Raw; readonly text: string; readonly ruleName: string }[] = [];
      for (const pathRule of map.pathRules) {
        for (const path of raw(pathRule.origin, 'properties', 'paths').items()) {
          const { text } = path;
          if (!text?.startsWith('/')) continue;
          const wider = earlier.find((other) => pathPatternCovers(other.text, text));
          if (
            wider !== undefined &&
            wider.text.toLowerCase() !== text.toLowerCase() &&
            wider.ruleName !== pathRule.name
          ) {
            const message = `Path '${text}' of path rule '${pathRule.name}' is never reached: '${wider.text}' of path rule '${wider.ruleName}' stands before it and takes its requests. List the narrower path first.`;
            report(path, message, { related: [{ message: 'The wider path is here.', place: wider.path }] });
          }
          earlier.push({ path, text, ruleName: pathRule.name });
        }
      }
    }
  },
});
