import type { RoutingCondition, RoutingConditionType } from '../gateway/model.ts';
import { compilePattern } from '../rewrite/pattern.ts';
import { allHeaders } from '../rewrite/raw-headers.ts';
import type { Behaviour } from './behaviour.ts';
import { isInNetwork, parseClientNetwork } from './client-network.ts';
import { matchPath } from './match-path.ts';
import type { ClientRequest } from './route.ts';

/** What conditions are asked about. */
export interface RoutingSubject {
  readonly request: ClientRequest;
  /** In the form that path rules see. */
  readonly path: string;
  readonly query: string | null;
}

/** A condition of an advanced routing rule, made ready to be asked. */
export interface CompiledRoutingCondition {
  /** For people, as `Header 'X-Beta' is 'on'`. */
  readonly text: string;
  /** Why it never holds; null when it can. */
  readonly fault: string | null;
  /** What it looks at; several for a header with several lines, none for one that is not there. */
  read(subject: RoutingSubject): readonly string[];
  holds(values: readonly string[]): boolean;
}

type Reader = (subject: RoutingSubject, name: string) => readonly string[];
type Test = (value: string) => boolean;

const readers: Readonly<Record<RoutingConditionType, Reader>> = {
  Header: ({ request }, name) => allHeaders(request.rawHeaders, name),
  QueryString: ({ query }, name) => new URLSearchParams(query ?? '').getAll(name),
  Path: ({ path }) => [path],
  ClientIP: ({ request }) => [request.clientIp],
  Method: ({ request }) => [request.method],
};

/**
 * Compiles a condition. Only its properties are documented; how values are compared is taken over from path rules
 * (paths), network rules (addresses) and rewrites (patterns).
 * https://learn.microsoft.com/azure/templates/microsoft.network/applicationgateways
 */
export function compileRoutingCondition(condition: RoutingCondition, behaviour: Behaviour): CompiledRoutingCondition {
  const { conditionType, propertyName, propertyValueMatcher } = condition;
  const text = describeCondition(condition);
  if (conditionType === null) return neverHolds(text, 'its type is none of the gateway');
  if (propertyName === null && (conditionType === 'Header' || conditionType === 'QueryString')) {
    return neverHolds(text, `a condition of type ${conditionType} needs a propertyName`);
  }
  const read = (subject: RoutingSubject) => readers[conditionType](subject, propertyName ?? '');
  if (propertyValueMatcher === null) return compileValues(condition, conditionType, { text, read }, behaviour);
  const { pattern, ignoreCase, negate } = propertyValueMatcher;
  const compiled = compilePattern(pattern, ignoreCase);
  if ('fault' in compiled) return neverHolds(text, `'${pattern}' is not a pattern for RE2 (${compiled.fault})`);
  // As in rewrites, what is not there reads as an empty text.
  const matches = (values: readonly string[]) =>
    (values.length === 0 ? [''] : values).some((each) => compiled.test(each));
  return { text, fault: null, read, holds: (values) => matches(values) !== negate };
}

function compileValues(
  { propertyValues }: RoutingCondition,
  conditionType: RoutingConditionType,
  common: Pick<CompiledRoutingCondition, 'text' | 'read'>,
  behaviour: Behaviour,
): CompiledRoutingCondition {
  if (propertyValues.length === 0) return neverHolds(common.text, 'it has neither propertyValues nor a matcher');
  const tests: Test[] = [];
  for (const value of propertyValues) {
    const test = testFor(conditionType, value, behaviour);
    if (test === undefined) return neverHolds(common.text, `'${value}' is neither an address nor a network`);
    tests.push(test);
  }
  return { ...common, fault: null, holds: (values) => values.some((value) => tests.some((test) => test(value))) };
}

/** undefined for an address that is none. */
function testFor(conditionType: RoutingConditionType, expected: string, { pathCase }: Behaviour): Test | undefined {
  switch (conditionType) {
    case 'Header':
    case 'QueryString':
      return (value) => value === expected;
    case 'Method':
      return (value) => value === expected.toUpperCase();
    case 'Path':
      return (value) => matchPath(expected, value, pathCase);
    case 'ClientIP': {
      const network = parseClientNetwork(expected);
      return network && ((value) => isInNetwork(value, network));
    }
    default:
      return conditionType satisfies never;
  }
}

function neverHolds(text: string, fault: string): CompiledRoutingCondition {
  return { text, fault, read: () => [], holds: () => false };
}

function describeCondition({ conditionType, propertyName, propertyValues, propertyValueMatcher }: RoutingCondition) {
  const subject = `${conditionType ?? 'condition'}${propertyName === null ? '' : ` '${propertyName}'`}`;
  if (propertyValueMatcher === null) {
    return `${subject} is ${propertyValues.map((value) => `'${value}'`).join(' or ') || 'nothing'}`;
  }
  const { pattern, negate } = propertyValueMatcher;
  return `${subject} ${negate ? 'does not match' : 'matches'} '${pattern}'`;
}
