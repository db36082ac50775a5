import { foldPath } from '../../../routing/match-path.ts';
import type { Raw } from '../../raw.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5052',
  id: 'duplicate-path',
  severity: 'error',
  category: 'path-maps',
  title: 'A path stands once in a path map',
  why: 'Azure refuses the same path twice; letter case does not count.',
  source: 'https://learn.microsoft.com/azure/application-gateway/url-route-overview',
  azureCode: 'ApplicationGatewayPathsWithinUrlPathMapMustBeUnique',
  azureMessage:
    'Paths specified in a UrlPathMap must be unique. Path {path} is already specified in another PathRule in UrlPathMap {map}.',
  check({ gateway, raw, report }) {
    for (const map of gateway.urlPathMaps) {
      const seen = new Map<string, { readonly place: Raw; readonly ruleName: string }>();
      for (const pathRule of map.pathRules) {
        for (const path of raw(pathRule.origin, 'properties', 'paths').items()) {
          // What is no path has been reported as such.
          if (!path.text?.startsWith('/')) continue;
          const key = foldPath(path.text, 'insensitive');
          const first = seen.get(key);
          if (first === undefined) seen.set(key, { place: path, ruleName: pathRule.name });
          else {
            const message = `Path '${path.text}' of path rule '${pathRule.name}' stands in path rule '${first.ruleName}' of path map '${map.name}' already.`;
            report(path, message, {
              azureValues: { path: path.text, map: map.id },
              related: [{ message: 'It stands here first.', place: first.place }],
            });
          }
        }
      }
    }
  },
});
