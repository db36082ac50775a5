import { isRecord } from '../../input/shape.ts';
import type { StarterTest } from './starter-test.ts';

/**
 * A test that holds for a template however often it is evaluated, made of those for two evaluations of it. Names that
 * come from `utcNow()` differ between the two, and are expected by what stays the same of them.
 */
export function mergeTests(one: StarterTest, other: StarterTest): StarterTest {
  const merged = {
    ...one,
    name: mergeTexts(one.name, other.name, ellipsis),
    expect: mergeValues(one.expect, other.expect) as StarterTest['expect'],
  };
  if (one.request.url === other.request.url) return merged;
  return { ...merged, skip: 'the host name is another one each time; give its parameter a value' };
}

function mergeValues(one: unknown, other: unknown): unknown {
  if (typeof one === 'string' && typeof other === 'string') return mergeTexts(one, other, pattern);
  if (!isRecord(one) || !isRecord(other)) return one;
  return Object.fromEntries(Object.entries(one).map(([key, value]) => [key, mergeValues(value, other[key])]));
}

type Render = (start: string, end: string) => string;

const ellipsis: Render = (start, end) => `${start}…${end}`;
const pattern: Render = (start, end) => `/^${escapePattern(start)}.+${escapePattern(end)}$/`;

function mergeTexts(one: string, other: string, render: Render): string {
  if (one === other) return one;
  const start = sharedStart(one, other);
  const end = sharedStart(reversed(one.slice(start.length)), reversed(other.slice(start.length)));
  return render(start, reversed(end));
}

/** What two texts begin with, up to the last character between words: within one, letters are the same by accident. */
function sharedStart(one: string, other: string): string {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length++;
  return one.slice(0, length).replace(/[A-Za-z0-9]+$/, '');
}

function reversed(text: string): string {
  return [...text].reverse().join('');
}

function escapePattern(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
