import { nearestName } from '../../../base/nearest-name.ts';
import { variableReader } from '../../../rewrite/read-variable.ts';
import { serverVariableNames } from '../../../rewrite/server-variables.ts';
import { askedGroup, conditionOn, placeholdersIn, rewriteRulesOf, textsOf } from '../../facts/rewrite-placeholders.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5091',
  id: 'rewrite-variable-unknown',
  severity: 'error',
  category: 'rewrites',
  title: 'Rewrites name variables that exist',
  why: "Azure refuses conditions and values with a server variable it does not know, and conditions without one of the prefixes 'var_', 'http_req_' and 'http_resp_'.",
  source: 'https://learn.microsoft.com/azure/application-gateway/rewrite-http-headers-url#server-variables',
  check({ gateway, raw, report }) {
    for (const { rule } of rewriteRulesOf(gateway)) {
      for (const condition of rule.conditions) {
        if (variableReader(condition.variable) !== undefined) continue;
        const place = raw(condition.origin, 'variable');
        const prefixed = `var_${condition.variable}`;
        const suggestion =
          variableReader(prefixed) === undefined ? suggest(condition.variable) : ` Did you mean '${prefixed}'?`;
        report(
          place,
          `Condition of rewrite rule '${rule.name}' asks for '${condition.variable}', which is no variable.${suggestion}`,
        );
      }
      for (const { text, origin, member } of textsOf(rule)) {
        const unknown = placeholdersIn(text).filter((name) => !isKnown(name) && !isGroup(name, rule));
        for (const name of unknown) {
          report(
            raw(origin, member),
            `Rewrite rule '${rule.name}' uses '{${name}}', which is no variable.${suggest(name)}`,
          );
        }
      }
    }
  },
});

function isKnown(name: string): boolean {
  return name.startsWith('capt_header_value_matcher') || variableReader(name) !== undefined;
}

/** A group of a known variable is known, even when no condition captures it: that has a rule of its own. */
function isGroup(name: string, rule: Parameters<typeof conditionOn>[0]): boolean {
  const asked = askedGroup(name);
  return (
    asked !== undefined &&
    (conditionOn(rule, asked.variable) !== undefined || variableReader(asked.variable) !== undefined)
  );
}

function suggest(name: string): string {
  const nearest = nearestName(
    name,
    serverVariableNames.map((variable) => `var_${variable}`),
  );
  return nearest === undefined ? '' : ` Did you mean '${nearest}'?`;
}
