import { isRecord } from '../../input/shape.ts';
import { describeRequest } from '../../observability/describe-request.ts';
import type { RequestRecord } from '../../observability/request-record.ts';
import type { Decision, Expectations, RedirectExpectation, TextExpectation } from '../format/test-file.ts';
import { type PatternStyle, textMatcher } from '../format/text-matcher.ts';
import { type Concern, type Mismatch, quote } from './mismatch.ts';
import type { Observation } from './observation.ts';

const concerns: Readonly<Record<Decision, Concern>> = {
  listener: 'listener',
  rule: 'rule',
  pathRule: 'path',
  advancedRoutingRule: 'path',
  pool: 'path',
  settings: 'path',
  member: 'member',
  errorInfo: 'answer',
};

/** Compares what the gateway decided with what is expected of it. */
export function checkDecision(expect: Expectations, { record }: Observation): Mismatch[] {
  const description = record === null ? null : describeRequest(record);
  const decided = record === null ? null : decisionsOf(record);
  const named = Object.entries(concerns).flatMap(([name, concern]) => {
    const key = name as Decision;
    const expected = expect[key];
    if (expected === undefined) return [];
    return checkText({ concern, path: ['expect', key], expected, actual: decided?.[key] ?? null });
  });
  return [
    ...named,
    ...checkRedirect(expect.redirect, description?.redirect ?? null),
    ...checkRewrites(expect.rewrites, description?.rewrites ?? []),
  ];
}

/** What was decided on by name; null where it does not apply. */
export function decisionsOf(record: RequestRecord): Readonly<Record<Decision, string | null>> {
  const { listener, rule, pathRule, advancedRoutingRule, pool, member, settings, errorInfo } = describeRequest(record);
  return { listener, rule, pathRule, advancedRoutingRule, pool, member, settings, errorInfo };
}

export interface TextCheck {
  readonly concern: Concern;
  readonly path: Mismatch['path'];
  readonly expected: TextExpectation;
  readonly actual: string | null;
  readonly style?: PatternStyle;
}

export function checkText({ concern, path, expected, actual, style = 'text' }: TextCheck): Mismatch[] {
  const matcher = textMatcher(expected, style);
  if (matcher.matches(actual)) return [];
  const names = typeof expected === 'string' ? [expected] : [];
  return [{ concern, path, expected: matcher.description, actual: quote(actual), names }];
}

function checkRedirect(
  expected: Expectations['redirect'],
  actual: { readonly status: number; readonly location: string } | null,
): Mismatch[] {
  if (expected === undefined) return [];
  const concern = 'redirect';
  const path = ['expect', 'redirect'];
  const given = actual === null ? 'no redirect' : `${actual.status} to '${actual.location}'`;
  if (!isRedirect(expected)) {
    const location = actual?.location ?? null;
    return checkText({ concern, path, expected, actual: location, style: 'path' }).map((mismatch) => ({
      ...mismatch,
      expected: expected === null ? 'no redirect' : `a redirect to ${mismatch.expected}`,
      actual: given,
    }));
  }
  const { status, location } = expected;
  if (actual === null) return [{ concern, path, expected: 'a redirect', actual: given, names: [] }];
  const wrongStatus = status === undefined || status === actual.status ? [] : [String(status)];
  return [
    ...wrongStatus.map(
      (each): Mismatch => ({
        concern,
        path: [...path, 'status'],
        expected: each,
        actual: String(actual.status),
        names: [],
      }),
    ),
    ...(location === undefined
      ? []
      : checkText({
          concern,
          path: [...path, 'location'],
          expected: location,
          actual: actual.location,
          style: 'path',
        })),
  ];
}

function isRedirect(expected: Exclude<Expectations['redirect'], undefined>): expected is RedirectExpectation {
  return isRecord(expected) && ('status' in expected || 'location' in expected);
}

function checkRewrites(
  expected: readonly string[] | undefined,
  fired: readonly { readonly ruleSet: string; readonly rule: string }[],
): Mismatch[] {
  if (expected === undefined) return [];
  const isNamed = (name: string, { ruleSet, rule }: (typeof fired)[number]) =>
    name === rule || name === `${ruleSet}/${rule}`;
  const isComplete = expected.every((name) => fired.some((each) => isNamed(name, each)));
  const isExact = fired.every((each) => expected.some((name) => isNamed(name, each)));
  if (isComplete && isExact) return [];
  const listed = fired.map(({ ruleSet, rule }) => `${ruleSet}/${rule}`);
  return [
    {
      concern: 'rewrite',
      path: ['expect', 'rewrites'],
      expected: listNames(expected),
      actual: listNames(listed),
      names: expected,
    },
  ];
}

function listNames(names: readonly string[]): string {
  return names.length === 0 ? 'no rewrite' : names.map((name) => `'${name}'`).join(', ');
}
