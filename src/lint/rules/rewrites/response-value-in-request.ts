import { placeholdersIn, rewriteRulesOf, textsOf } from '../../facts/rewrite-placeholders.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW2024',
  id: 'response-value-in-request',
  severity: 'warning',
  category: 'rewrites',
  title: 'A request is not rewritten by what its response will be',
  why: 'Requests are rewritten before there is a response: its headers and status are empty then, and a condition on them never holds.',
  source: 'https://learn.microsoft.com/azure/application-gateway/rewrite-http-headers-url',
  check({ gateway, raw, report }) {
    for (const { rule } of rewriteRulesOf(gateway)) {
      for (const { text, origin, member, phase } of textsOf(rule)) {
        if (phase === 'response') continue;
        for (const name of placeholdersIn(text).filter(isOfResponse)) {
          report(
            raw(origin, member),
            `Rewrite rule '${rule.name}' fills '{${name}}' into a request; responses come later, so it is empty.`,
          );
        }
      }
      const changesRequest = rule.requestHeaders.length > 0 || rule.url !== null;
      if (!changesRequest) continue;
      for (const condition of rule.conditions.filter(({ variable, negate }) => isOfResponse(variable) && !negate)) {
        const message = `Rewrite rule '${rule.name}' changes the request on a condition on '${condition.variable}', which is known with the response only; put what changes the request into a rule of its own.`;
        report(raw(condition.origin, 'variable'), message);
      }
    }
  },
});

function isOfResponse(name: string): boolean {
  return name.startsWith('http_resp_') || name === 'var_http_status';
}
