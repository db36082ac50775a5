import type { Span } from '../../base/span.ts';
import type { ObjectValue, Value } from '../value.ts';
import type { Whence } from './open-path.ts';
import { openPathOf, openValue, unknownValue } from './runtime-value.ts';

/**
 * A value is made up when one that only the user or Azure knows would have to stand in its place, and something else
 * does. The mark says so of a text, a number or a boolean as such; of an array or an object it says that it may have
 * other parts, while those that it has carry marks of their own.
 *
 * What follows from a made-up value is made up: what functions make of it, what a condition chooses by it, how often a
 * loop turns. Nothing can be held against such a value, which whoever judges values asks `isMadeUp` about.
 */
export function markMadeUp<V extends Value>(value: V, whence: Whence): V {
  return { ...value, madeUp: whence };
}

/** Whether something stands here in place of a value that nobody told. */
export function isMadeUp(value: Value): boolean {
  return madeUpBy(value) !== undefined;
}

/** What the value stands in for; undefined for what is as it was told. */
export function madeUpBy(value: Value): Whence | undefined {
  if (value.madeUp !== undefined) return value.madeUp;
  if (value.kind !== 'Object') return undefined;
  const open = openPathOf(value);
  return open?.isUnknown ? open : undefined;
}

/** The value, made up if the one is that it was chosen or found by. */
export function chosenBy<V extends Value>(value: V, chooser: Value): V {
  const guess = madeUpBy(chooser);
  return guess === undefined || isMadeUp(value) ? value : madeUpFrom(value, guess);
}

/** What was made of a guess: made up itself, with parts that it may lack. */
export function madeUpFrom<V extends Value>(value: V, whence: Whence): V {
  const derived = derivedFrom(whence);
  const marked = markMadeUp(value, derived);
  return value.kind === 'Array' || value.kind === 'Object' ? openValue(marked, derived) : marked;
}

/**
 * What a function returned, marked as far as it rests on made-up arguments. A text, a number or a boolean rests on
 * everything that went in. An array or an object has parts: what was handed through is as certain as it was before, what
 * was made here is not, and how many there are depends on the arguments themselves.
 */
export function madeOf(value: Value, args: readonly Value[]): Value {
  const guess = firstGuess(args);
  if (guess === undefined) return value;
  if (value.kind !== 'Array' && value.kind !== 'Object') return isMadeUp(value) ? value : madeUpFrom(value, guess);
  const parts = withMadeParts(value, guess, partsOf(args));
  const own = new Set(directParts(value));
  const shaping = args.find((argument) => isMadeUp(argument) && !own.has(argument));
  return shaping === undefined ? parts : chosenBy(parts, shaping);
}

/** What stands for a function's result when the function cannot work with a guess; undefined when there is none. */
export function unknownFrom(args: readonly Value[], site: Span | undefined): ObjectValue | undefined {
  const guess = firstGuess(args);
  return guess === undefined ? undefined : unknownValue(derivedFrom(guess), site);
}

/** What is made of a part of a parameter has parts of its own, and is none of the parameter's any more. */
function derivedFrom({ source, path }: Whence): Whence {
  return { source, path: source.kind === 'parameter' ? [] : path, isDerived: true };
}

/** The first of some values that is made up, or has a part that is. */
export function firstGuess(values: readonly Value[]): Whence | undefined {
  for (const value of values) {
    const guess = guessWithin(value);
    if (guess !== null) return guess;
  }
  return undefined;
}

/** Whether a value, or any part of it, is made up. */
export function holdsMadeUp(value: Value): boolean {
  return guessWithin(value) !== null;
}

/** Values do not change, so that large tables are looked through once. */
const guessesWithin = new WeakMap<Value, Whence | null>();

function guessWithin(value: Value): Whence | null {
  if (value.kind !== 'Array' && value.kind !== 'Object') return value.madeUp ?? null;
  const known = guessesWithin.get(value);
  if (known !== undefined) return known;
  const guess = madeUpBy(value) ?? firstGuess(directParts(value)) ?? null;
  guessesWithin.set(value, guess);
  return guess;
}

function directParts(value: Value): readonly Value[] {
  if (value.kind === 'Array') return value.items;
  return value.kind === 'Object' ? Array.from(value.members.values(), (member) => member.value) : [];
}

function partsOf(values: readonly Value[], found = new Set<Value>()): ReadonlySet<Value> {
  for (const value of values) {
    if (found.has(value)) continue;
    found.add(value);
    partsOf(directParts(value), found);
  }
  return found;
}

/** Marks the parts that were not among the arguments. */
function withMadeParts<V extends Value>(value: V, guess: Whence, given: ReadonlySet<Value>): V;
function withMadeParts(value: Value, guess: Whence, given: ReadonlySet<Value>): Value {
  const markPart = (part: Value): Value =>
    given.has(part) || isMadeUp(part) ? part : madeUpFrom(withMadeParts(part, guess, given), guess);
  if (value.kind === 'Array') return { ...value, items: value.items.map(markPart) };
  if (value.kind !== 'Object') return value;
  const members = Array.from(
    value.members,
    ([key, member]) => [key, { ...member, value: markPart(member.value) }] as const,
  );
  return { ...value, members: new Map(members) };
}
