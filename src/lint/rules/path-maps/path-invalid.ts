import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5053',
  id: 'path-invalid',
  severity: 'error',
  category: 'path-maps',
  title: 'A path begins with / and has * at its end only',
  why: 'Azure knows exact paths and beginnings of paths; it refuses other patterns.',
  source: 'https://learn.microsoft.com/azure/application-gateway/url-route-overview#pathpattern',
  azureCode: 'ApplicationGatewayPathRuleInvalidCharacter',
  check({ gateway, raw, report }) {
    for (const map of gateway.urlPathMaps) {
      for (const pathRule of map.pathRules) {
        const paths = raw(pathRule.origin, 'properties', 'paths');
        if (paths.items().length === 0)
          report(paths, `Path rule '${pathRule.name}' of path map '${map.name}' has no paths.`);
        for (const path of paths.items()) {
          const fault = path.text === undefined ? undefined : faultOf(path.text);
          if (fault === undefined) continue;
          const message = `Path '${path.text}' of path rule '${pathRule.name}' ${fault.text}.`;
          const { text: _, ...details } = fault;
          report(path, message, details);
        }
      }
    }
  },
});

interface Fault {
  readonly text: string;
  readonly azureCode?: string;
  readonly azureMessage?: string;
  readonly right?: string;
}

function faultOf(path: string): Fault | undefined {
  if (path === '/') {
    return {
      text: "has nothing after the slash; for all paths write '/*'",
      azureCode: 'ApplicationGatewayPathRulePathShouldHaveNonEmptyMatchValue',
      // Two blanks before 'in', as served.
      azureMessage: "Path / should have a nonempty match value followed by '/'  in PathRule {id}.",
    };
  }
  if (!path.startsWith('/')) {
    const text = "does not begin with '/'";
    const right = `/${path}`;
    return path.includes(':') || path === '' || faultOf(right) !== undefined ? { text } : { text, right };
  }
  if (/[?#]/.test(path)) return { text: "has '?' or '#' in it; patterns see the path only" };
  if (path.slice(0, -1).includes('*')) return { text: "has '*' before its end; only the last character can be '*'" };
  if (/[\\^$()[\]{}|]/.test(path)) return { text: 'looks like a regular expression; Azure compares text' };
  return undefined;
}
