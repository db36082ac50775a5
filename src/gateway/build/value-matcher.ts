import type { PropertyReader } from '../../resources/property-reader.ts';
import type { ValueMatcher } from '../model.ts';

export function buildValueMatcher(matcher: PropertyReader): ValueMatcher {
  return {
    pattern: matcher.string('pattern') ?? '',
    ignoreCase: matcher.boolean('ignoreCase') ?? false,
    negate: matcher.boolean('negate') ?? false,
  };
}
