import type { Gateway, RewriteCondition, RewriteRuleSet, RouteTarget } from '../../gateway/model.ts';
import { compilePattern } from '../../rewrite/pattern.ts';
import { quotedList } from './names.ts';
import { targetsOfRule } from './route-targets.ts';

/** The values that some server variables have in the requests that come to a rule set; all others have many. */
export type KnownValues = ReadonlyMap<string, readonly string[]>;

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'CONNECT'];

const statuses: readonly string[] = Array.from({ length: 500 }, (_, index) => String(100 + index));

/** https://learn.microsoft.com/azure/application-gateway/rewrite-http-headers-url#server-variables */
export function knownValues(gateway: Gateway, set: RewriteRuleSet): KnownValues {
  const listeners = gateway.requestRoutingRules.flatMap((rule) =>
    rule.httpListener !== null && targetsOfRule(rule).some(({ target }) => usesSet(target, set))
      ? rule.httpListener
      : [],
  );
  const isSecure = listeners.map(({ protocol }) => protocol === 'Https');
  const ofListeners: readonly (readonly [string, readonly string[]])[] =
    listeners.length === 0
      ? []
      : [
          ['var_request_scheme', isSecure.map((secure) => (secure ? 'https' : 'http'))],
          ['var_server_port', listeners.flatMap(({ frontendPort }) => frontendPort?.port.toString() ?? [])],
        ];
  return new Map([...ofListeners, ['var_http_status', statuses]]);
}

function usesSet(target: RouteTarget, set: RewriteRuleSet): boolean {
  return target.kind === 'backend' && target.rewriteRuleSet === set;
}

/** Why a condition holds for no request; undefined when it may. */
export function whyNever({ variable, pattern, ignoreCase, negate }: RewriteCondition, known: KnownValues) {
  const compiled = compilePattern(pattern, ignoreCase);
  if ('fault' in compiled) return undefined;
  if (negate) {
    return matchesAnything(pattern) && compiled.test('')
      ? `it is negated, and '${pattern}' matches everything`
      : undefined;
  }
  const values = known.get(variable);
  if (values !== undefined && !values.some((value) => compiled.test(value))) {
    const shown = new Set(values);
    return shown.size > 5
      ? `no status fits '${pattern}'`
      : `it is always ${quotedList([...shown])} here, which '${pattern}' does not match`;
  }
  if (variable === 'var_http_method' && !methods.some((method) => compiled.test(method))) {
    const isLowerCase = methods.some((method) => compiled.test(method.toLowerCase()));
    return isLowerCase ? `methods are written in capitals, and '${pattern}' is not; set 'ignoreCase'` : undefined;
  }
  return whyNeverOfPath(variable, pattern);
}

/** Without anchors, what matches the empty text matches anywhere in any text. */
function matchesAnything(pattern: string): boolean {
  return !/[\^$]|\\[AzbB]/.test(pattern);
}

const beginWithSlash = new Set(['var_uri_path', 'var_request_uri']);

function whyNeverOfPath(variable: string, pattern: string): string | undefined {
  // With alternatives, one of them may fit.
  if (pattern.includes('|')) return undefined;
  const first = firstLiteral(pattern);
  if (first !== undefined && first !== '/' && beginWithSlash.has(variable)) {
    return `it begins with '/', and '${pattern}' asks for '${first}' there`;
  }
  if (first === '?' && variable === 'var_query_string') return `it has no '?' in front, which '${pattern}' asks for`;
  return variable === 'var_uri_path' && /^[^[(]*\\\?(?![*?{])/.test(pattern)
    ? `it ends before the '?' that '${pattern}' asks for; that is in 'var_query_string' or 'var_request_uri'`
    : undefined;
}

/** The character that a text must begin with; undefined when there may be several. */
function firstLiteral(pattern: string): string | undefined {
  const [, escaped, plain] = /^\^(?:\\([^A-Za-z0-9])|([^\\.[(^$*+?{|]))(?![*?{])/.exec(pattern) ?? [];
  return escaped ?? plain;
}

/** The one text that a pattern matches. */
export function onlyMatch(pattern: string): string | undefined {
  const [, text] = /^\^((?:\\[^A-Za-z0-9]|[^\\.[\](){}^$*+?|])+)\$$/.exec(pattern) ?? [];
  return text?.replaceAll(/\\(.)/g, '$1');
}
