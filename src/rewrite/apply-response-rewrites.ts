import type { AppliedRewrite, DecisionTrace, RewriteChange } from '../routing/route.ts';
import { checkConditions } from './check-conditions.ts';
import type { CompiledHeaderAction, CompiledRewriteRuleSet } from './compile-rewrite-rule-set.ts';
import { deleteHeader, fitHeaderValue, sameHeader, setHeader } from './raw-headers.ts';
import type { RewriteContext } from './rewrite-context.ts';
import { traceChanges } from './trace-changes.ts';
import { renderValue, type ValueScope } from './value-template.ts';

type HeaderMatcher = NonNullable<CompiledHeaderAction['matcher']>;

/**
 * Runs the response side of a rewrite rule set on header lines, changing them in place. Conditions and placeholders
 * read the response as the backend gave it, with the gateway's own cookies.
 * https://learn.microsoft.com/azure/application-gateway/rewrite-http-headers-url
 */
export function applyResponseRewrites(
  set: CompiledRewriteRuleSet,
  context: RewriteContext,
  headers: string[],
  trace?: DecisionTrace,
): AppliedRewrite[] {
  const applied: AppliedRewrite[] = [];
  for (const rule of set.rules) {
    if (rule.responseHeaders.length === 0) continue;
    const captures = checkConditions(rule, context, trace);
    if (captures === null) continue;
    const scope = { context, captures, matcherCapture: null };
    const changes = rule.responseHeaders.flatMap((action) => applyAction(action, scope, headers));
    const rewrite = { ruleSet: set.ruleSet, rule: rule.rule, changes };
    applied.push(rewrite);
    if (trace !== undefined) traceChanges(trace, rewrite);
  }
  return applied;
}

function applyAction(action: CompiledHeaderAction, scope: ValueScope, headers: string[]): RewriteChange[] {
  if (action.matcher !== null) return rewriteMatchingLines(action, action.matcher, scope, headers);
  const { headerName, value } = action;
  const text = value === null ? '' : fitHeaderValue(renderValue(value, scope));
  if (text === '') deleteHeader(headers, headerName);
  // One line is left even where the backend sent several, as it happens to `Set-Cookie`
  // (Azure/application-gateway-kubernetes-ingress#1730).
  else setHeader(headers, headerName, text);
  return [{ target: 'responseHeader', name: headerName, value: text || null }];
}

/** Rewrites those lines of a header whose value the matcher picks, and leaves the others alone. */
function rewriteMatchingLines(
  { headerName, value }: CompiledHeaderAction,
  { pattern, negate }: HeaderMatcher,
  scope: ValueScope,
  headers: string[],
): RewriteChange[] {
  const changes: RewriteChange[] = [];
  let kept = 0;
  for (let index = 0; index < headers.length; index += 2) {
    const name = headers[index] ?? '';
    let line = headers[index + 1] ?? '';
    const capture = sameHeader(name, headerName) ? pattern.capture(line) : undefined;
    if (capture !== undefined && (capture === null) === negate) {
      line = value === null ? '' : fitHeaderValue(renderValue(value, { ...scope, matcherCapture: capture }));
      changes.push({ target: 'responseHeader', name: headerName, value: line || null });
      if (line === '') continue;
    }
    headers[kept] = name;
    headers[kept + 1] = line;
    kept += 2;
  }
  headers.length = kept;
  return changes;
}
