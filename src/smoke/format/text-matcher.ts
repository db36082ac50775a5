import { isRecord } from '../../input/shape.ts';
import type { TextCondition, TextExpectation } from './test-file.ts';

/** How a text is read that stands between slashes: paths do so by nature, so there a pattern starts with `/^`. */
export type PatternStyle = 'text' | 'path';

/** Compares a text with what is expected of it. */
export interface TextMatcher {
  /** For messages: `'web'`, `to match /^web/`, `absent`. */
  readonly description: string;
  matches(actual: string | null): boolean;
}

const patternForms: Readonly<Record<PatternStyle, RegExp>> = {
  text: /^\/(.+)\/([imsu]*)$/s,
  path: /^\/(\^.*)\/([imsu]*)$/s,
};

/** Whether a value of JSON is compared as text: a text itself, or one of the long forms. */
export function isTextual(expected: unknown): expected is string | TextCondition {
  return typeof expected === 'string' || isCondition(expected);
}

export function isCondition(value: unknown): value is TextCondition {
  const keys = isRecord(value) ? Object.keys(value) : [];
  return keys.length === 1 && ['matches', 'contains', 'not'].includes(keys[0] ?? '');
}

/** @throws SyntaxError for a pattern that is none */
export function textMatcher(expected: TextExpectation, style: PatternStyle = 'text'): TextMatcher {
  if (expected === null) return { description: 'absent', matches: (actual) => actual === null };
  if (isRecord(expected)) return conditionMatcher(expected, style);
  const [, source, flags] = patternForms[style].exec(String(expected)) ?? [];
  if (source !== undefined) return patternMatcher(new RegExp(source, flags));
  const literal = String(expected);
  return { description: `'${literal}'`, matches: (actual) => actual === literal };
}

function conditionMatcher(condition: TextCondition, style: PatternStyle): TextMatcher {
  const { matches, contains, not } = condition;
  if (matches !== undefined) return patternMatcher(new RegExp(matches));
  if (contains !== undefined) {
    return { description: `a text with '${contains}' in it`, matches: (actual) => actual?.includes(contains) ?? false };
  }
  const inner = textMatcher(not ?? null, style);
  return {
    description: `anything but ${inner.description}`,
    matches: (actual) => !inner.matches(actual),
  };
}

function patternMatcher(pattern: RegExp): TextMatcher {
  return {
    description: `a text like ${pattern}`,
    matches: (actual) => actual !== null && pattern.test(actual),
  };
}
