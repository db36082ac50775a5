import type { Value } from '../template/value.ts';
import type { Place } from './place.ts';

const longest = 60;

/** A value for a message: `the string 'abc'`, `an array`. Secrets are not shown. */
export function describeValue(value: Value): string {
  switch (value.kind) {
    case 'String':
      return `the string ${value.secret ? '[redacted]' : `'${shorten(value.value)}'`}`;
    case 'Integer':
    case 'Float':
      return `the number ${value.secret ? '[redacted]' : value.value}`;
    case 'Boolean':
      return `the boolean ${value.secret ? '[redacted]' : value.value}`;
    case 'Null':
      return 'null';
    case 'Array':
      return 'an array';
    case 'Object':
      return 'an object';
  }
}

/** A value by itself, as `'abc'` or `42`. */
export function quoteValue(value: Value): string {
  if (value.secret) return '[redacted]';
  switch (value.kind) {
    case 'String':
      return `'${shorten(value.value)}'`;
    case 'Integer':
    case 'Float':
    case 'Boolean':
      return String(value.value);
    default:
      return describeValue(value);
  }
}

function shorten(text: string): string {
  return text.length <= longest ? text : `${text.slice(0, longest)}…`;
}

/** What a message calls a value: the property's name, or `element 2 of 'paths'`. */
export function nameOf(place: Pick<Place, 'step' | 'parent'>): string {
  const last = place.step;
  if (last === undefined) return 'The resource';
  return typeof last === 'string' ? `'${last}'` : `Element ${last + 1} of '${String(place.parent?.step ?? '')}'`;
}
