import type { DecisionTrace } from '../routing/route.ts';
import type { CompiledCondition, CompiledRewriteRule } from './compile-rewrite-rule-set.ts';
import type { RewriteContext } from './rewrite-context.ts';

type Captures = readonly (readonly string[] | null)[];

const noCaptures: Captures = [];

/** What the conditions of a rule captured; null when one of them does not hold. */
export function checkConditions(
  { rule, conditions }: CompiledRewriteRule,
  context: RewriteContext,
  trace: DecisionTrace | undefined,
): Captures | null {
  if (conditions.length === 0) return noCaptures;
  const captures: (readonly string[] | null)[] = [];
  for (const compiled of conditions) {
    const value = compiled.read(context);
    const captured = checkCondition(compiled, value, trace !== undefined);
    if (trace !== undefined) trace.step(explainCondition(rule.name, compiled, value, captured));
    if (captured === undefined) return null;
    captures.push(captured);
  }
  return captures;
}

/** undefined when the condition does not hold; a negated one captures nothing. */
function checkCondition(
  { condition, pattern, isCaptured }: CompiledCondition,
  value: string,
  wantsCaptures: boolean,
): readonly string[] | null | undefined {
  if (condition.negate) return pattern.test(value) ? undefined : null;
  if (!isCaptured && !wantsCaptures) return pattern.test(value) ? null : undefined;
  return pattern.capture(value) ?? undefined;
}

function explainCondition(
  ruleName: string,
  { condition }: CompiledCondition,
  value: string,
  captured: readonly string[] | null | undefined,
): { readonly stage: 'rewrite'; readonly outcome: 'next' | 'passed over'; readonly why: string } {
  const holds = captured !== undefined;
  const verb = condition.negate ? 'must not match' : 'must match';
  const groups = (captured ?? []).slice(1).map((text, index) => `${index + 1} = '${text}'`);
  const captures = groups.length === 0 ? '' : `, capturing ${groups.join(', ')}`;
  return {
    stage: 'rewrite',
    outcome: holds ? 'next' : 'passed over',
    why:
      `Rewrite rule '${ruleName}': ${condition.variable} ${verb} '${condition.pattern}'; it is '${value}', so the ` +
      `condition ${holds ? 'holds' : 'does not hold'}${captures}.`,
  };
}
