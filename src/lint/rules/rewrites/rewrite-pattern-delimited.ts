import { rewriteRulesOf } from '../../facts/rewrite-placeholders.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW2022',
  id: 'rewrite-pattern-delimited',
  severity: 'warning',
  category: 'rewrites',
  title: 'Patterns stand without slashes and blanks around them',
  why: 'Slashes around a pattern, as JavaScript writes them, and blanks at its ends are part of what must match.',
  source: 'https://learn.microsoft.com/troubleshoot/azure/application-gateway/troubleshoot-url-rewrite-rules',
  check({ gateway, raw, report }) {
    for (const { rule } of rewriteRulesOf(gateway)) {
      for (const { pattern, variable, origin } of rule.conditions) {
        const fault = faultOf(pattern, variable);
        if (fault === undefined) continue;
        report(
          raw(origin, 'pattern'),
          `Pattern '${pattern}' of rewrite rule '${rule.name}' ${fault}, which must match too.`,
        );
      }
    }
  },
});

function faultOf(pattern: string, variable: string): string | undefined {
  if (pattern !== pattern.trim()) return 'has a blank at its beginning or end';
  // A path does begin with a slash and may end with one; with an anchor inside, the slashes are delimiters.
  const isDelimited = /^\/[\^].*\/[gimsuy]*$/.test(pattern) || /^\/.*\$\/[gimsuy]*$/.test(pattern);
  const isOfPath = /uri|path|url/i.test(variable);
  if (isDelimited || (!isOfPath && /^\/.+\/[gimsuy]*$/.test(pattern))) return 'has slashes around it';
  return undefined;
}
