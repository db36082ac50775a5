import type {
  Gateway,
  HeaderAction,
  Origin,
  RewriteCondition,
  RewriteRule,
  RewriteRuleSet,
} from '../../gateway/model.ts';

export interface PlacedRewriteRule {
  readonly set: RewriteRuleSet;
  readonly rule: RewriteRule;
}

export function rewriteRulesOf(gateway: Gateway): readonly PlacedRewriteRule[] {
  return gateway.rewriteRuleSets.flatMap((set) => set.rewriteRules.map((rule) => ({ set, rule })));
}

export function describeRewriteRule({ set, rule }: PlacedRewriteRule): string {
  return `Rewrite rule '${rule.name}' of set '${set.name}'`;
}

/** A text that a rewrite rule fills in, and where it stands: an object and the member of it. */
export interface RewriteText {
  readonly text: string;
  readonly origin: Origin;
  readonly member: string;
  /** Requests are rewritten before there is a response to read. */
  readonly phase: 'request' | 'response';
}

export function textsOf(rule: RewriteRule): readonly RewriteText[] {
  return [
    ...rule.requestHeaders.map((action) => headerText(action, 'request')),
    ...rule.responseHeaders.map((action) => headerText(action, 'response')),
    ...(['modifiedPath', 'modifiedQueryString'] as const).flatMap((member) => {
      const text = rule.url?.[member];
      return text && rule.url ? [{ text, origin: rule.url.origin, member, phase: 'request' as const }] : [];
    }),
  ];
}

function headerText(action: HeaderAction, phase: RewriteText['phase']): RewriteText {
  return { text: action.headerValue, origin: action.origin, member: 'headerValue', phase };
}

/** A name behind a brace that nothing closes before the next one; and a name before a brace that nothing opened. */
const loneBrace =
  /(?<open>\{(?:var_|http_req_|http_resp_|capt_header_value_matcher)[\w-]*)(?![\w-])(?![^{}]*\})|(?<!\{[^{}]*|[\w-])(?<close>(?:var_|http_req_|http_resp_|capt_header_value_matcher)[\w-]*\})/g;

/** A variable with one of its two braces, as it is written. */
export interface LoneBrace {
  readonly written: string;
  readonly missing: 'opens' | 'closes';
}

/** What would be a variable, were the other brace there. */
export function loneBracesIn(text: string): readonly LoneBrace[] {
  return Array.from(text.matchAll(loneBrace), ({ groups }) =>
    groups?.['open'] === undefined
      ? { written: groups?.['close'] ?? '', missing: 'opens' }
      : { written: groups['open'], missing: 'closes' },
  );
}

/** The names in braces that mean something to Azure; other braces are text. */
export function placeholdersIn(text: string): readonly string[] {
  const names = text.matchAll(/\{((?:var_|http_req_|http_resp_|capt_header_value_matcher)[^{}]*)\}/g);
  return Array.from(names, ([, name]) => name ?? '');
}

/** The condition whose group a placeholder such as `var_uri_path_1` asks for, and the number of the group. */
export interface AskedGroup {
  readonly variable: string;
  readonly group: number;
}

export function askedGroup(placeholder: string): AskedGroup | undefined {
  const [, variable, group] = /^(.+)_(\d+)$/.exec(placeholder) ?? [];
  return variable === undefined ? undefined : { variable, group: Number(group) };
}

export function conditionOn(rule: RewriteRule, variable: string): RewriteCondition | undefined {
  return rule.conditions.findLast((condition) => condition.variable === variable);
}
