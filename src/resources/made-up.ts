import { isPlaceholder } from '../template/runtime-values/runtime-value.ts';
import type { Value } from '../template/value.ts';

/** Whether Agate made a value up, because only the user or Azure knows it; nothing can be held against such a value. */
export function isMadeUp(value: Value): boolean {
  return isPlaceholder(value);
}
