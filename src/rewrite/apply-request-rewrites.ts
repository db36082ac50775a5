import type { AppliedRewrite, DecisionTrace, RawHeaders, RewriteChange } from '../routing/route.ts';
import { checkConditions } from './check-conditions.ts';
import type { CompiledHeaderAction, CompiledRewriteRule, CompiledRewriteRuleSet } from './compile-rewrite-rule-set.ts';
import { encodePath, encodeQuery } from './encode-url.ts';
import { deleteHeader, fitHeaderValue, setHeader } from './raw-headers.ts';
import type { RewriteContext } from './rewrite-context.ts';
import { traceChanges } from './trace-changes.ts';
import { renderValue, type ValueScope } from './value-template.ts';

/** The request that is being made for the backend: rules add to each other's changes, the last one wins. */
export interface RequestDraft {
  headers: RawHeaders;
  path: string;
  query: string | null;
}

export interface RequestRewrites {
  readonly applied: readonly AppliedRewrite[];
  /** Some rule that ran asks to look the new path up again. */
  readonly reroutes: boolean;
}

/**
 * Runs the request side of a rewrite rule set. Conditions and placeholders read the request as it arrived, whatever
 * earlier rules have made of it.
 * https://learn.microsoft.com/azure/application-gateway/rewrite-http-headers-url
 */
export function applyRequestRewrites(
  set: CompiledRewriteRuleSet,
  context: RewriteContext,
  draft: RequestDraft,
  trace?: DecisionTrace,
): RequestRewrites {
  const applied: AppliedRewrite[] = [];
  let reroutes = false;
  for (const rule of set.rules) {
    if (!rule.changesRequest) continue;
    const captures = checkConditions(rule, context, trace);
    if (captures === null) continue;
    const changes = applyRule(rule, { context, captures, matcherCapture: null }, draft);
    const rewrite = { ruleSet: set.ruleSet, rule: rule.rule, changes };
    applied.push(rewrite);
    if (trace !== undefined) traceChanges(trace, rewrite);
    reroutes ||= rule.reroute;
  }
  return { applied, reroutes };
}

function applyRule(rule: CompiledRewriteRule, scope: ValueScope, draft: RequestDraft): RewriteChange[] {
  const changes = applyHeaders(rule.requestHeaders, scope, draft);
  if (rule.path !== null) {
    draft.path = encodePath(renderValue(rule.path, scope));
    changes.push({ target: 'path', name: null, value: draft.path });
  }
  if (rule.query !== null) {
    draft.query = encodeQuery(renderValue(rule.query, scope)) || null;
    changes.push({ target: 'query', name: null, value: draft.query });
  }
  return changes;
}

function applyHeaders(
  actions: readonly CompiledHeaderAction[],
  scope: ValueScope,
  draft: RequestDraft,
): RewriteChange[] {
  if (actions.length === 0) return [];
  const headers = [...draft.headers];
  draft.headers = headers;
  return actions.map(({ headerName, value }) => {
    const text = value === null ? '' : fitHeaderValue(renderValue(value, scope));
    if (text === '') deleteHeader(headers, headerName);
    else setHeader(headers, headerName, text);
    return { target: 'requestHeader', name: headerName, value: text || null };
  });
}
