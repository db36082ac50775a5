import type { AppliedRewrite, DecisionTrace, RewriteChange } from '../routing/route.ts';

/** Tells what a rewrite rule that ran has changed. */
export function traceChanges(trace: DecisionTrace, { ruleSet, rule, changes }: AppliedRewrite): void {
  const what = changes.length === 0 ? 'nothing to change' : changes.map(describeChange).join(', ');
  trace.step({
    stage: 'rewrite',
    outcome: 'next',
    why: `Rewrite rule '${rule.name}' of set '${ruleSet.name}' runs: ${what}.`,
  });
}

function describeChange({ target, name, value }: RewriteChange): string {
  const subject =
    name === null ? `the ${target}` : `${target === 'requestHeader' ? 'request' : 'response'} header '${name}'`;
  return value === null ? `${subject} is removed` : `${subject} becomes '${value}'`;
}
