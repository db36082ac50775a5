import { type Diagnostic, type DiagnosticKind, diagnose, type Result } from '../base/diagnostic.ts';
import type { HeaderAction, Origin, RewriteCondition, RewriteRule, RewriteRuleSet } from '../gateway/model.ts';
import { compilePattern, type Pattern } from './pattern.ts';
import { isHeaderName } from './raw-headers.ts';
import { type VariableReader, variableReader } from './read-variable.ts';
import { parseValueTemplate, type ValueTemplate } from './value-template.ts';

/** A rewrite rule set with its patterns and values compiled. */
export interface CompiledRewriteRuleSet {
  readonly ruleSet: RewriteRuleSet;
  /** In the order in which they run; rules that cannot work are left out. */
  readonly rules: readonly CompiledRewriteRule[];
}

export interface CompiledRewriteRule {
  readonly rule: RewriteRule;
  readonly conditions: readonly CompiledCondition[];
  readonly requestHeaders: readonly CompiledHeaderAction[];
  readonly responseHeaders: readonly CompiledHeaderAction[];
  readonly path: ValueTemplate | null;
  readonly query: ValueTemplate | null;
  readonly reroute: boolean;
  readonly changesRequest: boolean;
}

export interface CompiledCondition {
  readonly condition: RewriteCondition;
  readonly read: VariableReader;
  readonly pattern: Pattern;
  /** Whether some value of the rule uses a group of it. */
  readonly isCaptured: boolean;
}

export interface CompiledHeaderAction {
  readonly headerName: string;
  /** null deletes the header. */
  readonly value: ValueTemplate | null;
  readonly matcher: { readonly pattern: Pattern; readonly negate: boolean } | null;
}

const patternRefused: DiagnosticKind = { code: 'AGW7002', rule: 'rewrite-pattern-refused', severity: 'error' };
const unknownVariable: DiagnosticKind = { code: 'AGW7003', rule: 'rewrite-variable-unknown', severity: 'error' };

// https://learn.microsoft.com/azure/application-gateway/rewrite-http-headers-url#limitations
const fixedHeaders: ReadonlySet<string> = new Set(['connection', 'upgrade', 'x-original-host']);
// A template must not be able to break the framing of messages.
const framingHeaders: ReadonlySet<string> = new Set(['content-length', 'transfer-encoding']);

/**
 * Compiles a rewrite rule set. A rule with a pattern that RE2 refuses, or with a condition on nothing Azure knows, has
 * no effect and is reported.
 */
export function compileRewriteRuleSet(ruleSet: RewriteRuleSet): Result<CompiledRewriteRuleSet> {
  const diagnostics: Diagnostic[] = [];
  const rules = ruleSet.rewriteRules.flatMap((rule) => {
    const compiler = new RuleCompiler(ruleSet, rule);
    const compiled = compiler.compile();
    diagnostics.push(...compiler.diagnostics);
    return compiler.isRefused ? [] : [compiled];
  });
  return { value: { ruleSet, rules }, diagnostics };
}

/** Whether the gateway lets rewrites set that header; deleting `Host` is refused, setting it is not. */
export function isRewritable(action: HeaderAction, direction: 'request' | 'response'): boolean {
  const name = action.headerName.toLowerCase();
  if (!isHeaderName(name) || fixedHeaders.has(name) || framingHeaders.has(name)) return false;
  return !(direction === 'request' && name === 'host' && action.headerValue === '');
}

class RuleCompiler {
  readonly diagnostics: Diagnostic[] = [];
  isRefused = false;
  readonly #ruleSet: RewriteRuleSet;
  readonly #rule: RewriteRule;
  readonly #conditionVariables: readonly string[];
  readonly #usedConditions = new Set<number>();

  constructor(ruleSet: RewriteRuleSet, rule: RewriteRule) {
    this.#ruleSet = ruleSet;
    this.#rule = rule;
    this.#conditionVariables = rule.conditions.map(({ variable }) => variable);
  }

  compile(): CompiledRewriteRule {
    const { url } = this.#rule;
    const requestHeaders = this.#headers(this.#rule.requestHeaders, 'request');
    const responseHeaders = this.#headers(this.#rule.responseHeaders, 'response');
    const path = this.#value(url?.modifiedPath || null, url?.origin);
    const query = this.#value(url?.modifiedQueryString ?? null, url?.origin);
    return {
      rule: this.#rule,
      conditions: this.#rule.conditions.map((condition, index) => this.#condition(condition, index)),
      requestHeaders,
      responseHeaders,
      path,
      query,
      // Without a new path there is nothing to look up again.
      reroute: url?.reroute === true && path !== null,
      changesRequest: requestHeaders.length > 0 || path !== null || query !== null,
    };
  }

  #headers(actions: readonly HeaderAction[], direction: 'request' | 'response'): CompiledHeaderAction[] {
    return actions
      .filter((action) => isRewritable(action, direction))
      .map((action) => ({
        headerName: action.headerName,
        value: action.headerValue === '' ? null : this.#value(action.headerValue, action.origin),
        matcher: this.#matcher(action),
      }));
  }

  #matcher({ headerValueMatcher, origin }: HeaderAction): CompiledHeaderAction['matcher'] {
    if (headerValueMatcher === null) return null;
    const { pattern, ignoreCase, negate } = headerValueMatcher;
    return { pattern: this.#pattern(pattern, ignoreCase, origin), negate };
  }

  #condition(condition: RewriteCondition, index: number): CompiledCondition {
    const read = variableReader(condition.variable);
    if (read === undefined) this.#reportVariable(condition.variable, condition.origin);
    return {
      condition,
      read: read ?? (() => ''),
      pattern: this.#pattern(condition.pattern, condition.ignoreCase, condition.origin),
      isCaptured: this.#usedConditions.has(index),
    };
  }

  #value(text: string | null, origin: Origin | undefined): ValueTemplate | null {
    if (text === null) return null;
    const template = parseValueTemplate(text, this.#conditionVariables);
    for (const condition of template.usedConditions) this.#usedConditions.add(condition);
    for (const name of template.unknownVariables) this.#reportVariable(`{${name}}`, origin);
    return template;
  }

  #pattern(text: string, ignoreCase: boolean, origin: Origin): Pattern {
    const pattern = compilePattern(text, ignoreCase);
    if (!('fault' in pattern)) return pattern;
    this.isRefused = true;
    this.#report(
      patternRefused,
      `the pattern '${text}' is not one for RE2 (${pattern.fault}), so it never runs`,
      origin,
    );
    return { test: () => false, capture: () => null };
  }

  #reportVariable(variable: string, origin: Origin | undefined): void {
    const isPlaceholder = variable.startsWith('{');
    if (!isPlaceholder) this.isRefused = true;
    const consequence = isPlaceholder ? 'it stands for nothing' : 'the rule never runs';
    this.#report(unknownVariable, `'${variable}' is no variable of the gateway's, so ${consequence}`, origin);
  }

  #report(kind: DiagnosticKind, what: string, origin: Origin | undefined): void {
    const place = origin ?? this.#rule.origin;
    this.diagnostics.push(
      diagnose(kind, {
        message: `Rewrite rule '${this.#rule.name}' of set '${this.#ruleSet.name}': ${what}.`,
        span: place.span,
        path: place.path,
      }),
    );
  }
}
