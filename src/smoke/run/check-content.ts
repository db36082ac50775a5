import { isDeepStrictEqual } from 'node:util';
import type { PathSegment } from '../../base/json-path.ts';
import { isRecord } from '../../input/shape.ts';
import { parseJsonQuery, queryJson } from '../format/json-query.ts';
import type { TextExpectation } from '../format/test-file.ts';
import { isCondition, textMatcher } from '../format/text-matcher.ts';
import { type Concern, type Mismatch, quote } from './mismatch.ts';

/** Compares header lines. Of several lines of one name, one that fits is enough, or all in one. */
export function checkHeaders(
  concern: Concern,
  path: readonly PathSegment[],
  expected: Readonly<Record<string, TextExpectation>>,
  rawHeaders: readonly string[],
): Mismatch[] {
  return Object.entries(expected).flatMap(([name, each]) => {
    const matcher = textMatcher(each);
    const values = valuesOf(rawHeaders, name);
    const joined = values.length === 0 ? null : values.join(', ');
    // "Not x" has to hold for all lines; everything else for one of them.
    const candidates = isRecord(each) && 'not' in each ? [joined] : [joined, ...values];
    if (candidates.some((value) => matcher.matches(value))) return [];
    const actual = joined === null ? 'absent' : quote(joined);
    return [{ concern, path: [...path, name], expected: matcher.description, actual, names: [name] }];
  });
}

export function valuesOf(rawHeaders: readonly string[], name: string): readonly string[] {
  return rawHeaders.filter(
    (_value, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === name.toLowerCase(),
  );
}

/** Compares values in a JSON text. */
export function checkJson(
  concern: Concern,
  path: readonly PathSegment[],
  expected: Readonly<Record<string, unknown>>,
  body: string,
): Mismatch[] {
  const parsed = parseJson(body);
  if (parsed === undefined) {
    return [{ concern, path, expected: 'JSON', actual: quote(shorten(body)), names: [] }];
  }
  return Object.entries(expected).flatMap(([query, each]) => {
    const actual = queryJson(parsed.value, parseJsonQuery(query) ?? []);
    if (fitsJson(each, actual)) return [];
    return [{ concern, path: [...path, query], expected: describeJson(each), actual: renderJson(actual), names: [] }];
  });
}

/** Numbers, lists and mappings are compared as they are; texts may be patterns, and null means absent or null. */
function fitsJson(expected: unknown, actual: unknown): boolean {
  if (expected === null) return actual === null || actual === undefined;
  if (typeof expected === 'string') {
    return typeof actual === 'string' && textMatcher(expected).matches(actual);
  }
  if (isCondition(expected)) {
    return textMatcher(expected).matches(actual === undefined || actual === null ? null : textOf(actual));
  }
  return isDeepStrictEqual(expected, actual);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function describeJson(expected: unknown): string {
  if (typeof expected === 'string' || isCondition(expected)) return textMatcher(expected).description;
  return expected === null ? 'absent' : renderJson(expected);
}

function renderJson(value: unknown): string {
  if (value === undefined) return 'absent';
  return typeof value === 'string' ? quote(shorten(value)) : shorten(JSON.stringify(value));
}

export function parseJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** A text in one line. Bodies may be long; the beginning shows what they are. */
export function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length <= 200 ? line : `${line.slice(0, 200)}…`;
}
