import { foldCase } from '../base/case-insensitive-map.ts';
import type { TemplateFault } from './template-fault.ts';
import type { ObjectValue } from './value.ts';

const leftOut = new WeakMap<ObjectValue, ReadonlyMap<string, TemplateFault>>();

/** Remembers which members an object lacks because they could not be evaluated. */
export function rememberLeftOut(object: ObjectValue, faults: ReadonlyMap<string, TemplateFault>): void {
  leftOut.set(object, new Map(Array.from(faults, ([key, fault]) => [foldCase(key), fault])));
}

/** A changed copy of an object lacks what the object lacks. */
export function withLeftOutOf<V extends ObjectValue>(object: ObjectValue, copy: V): V {
  const faults = leftOut.get(object);
  if (faults !== undefined) leftOut.set(copy, faults);
  return copy;
}

/** Why an object lacks a member, so that whoever asks for it fails for the first reason and not for a second one. */
export function leftOutFault(object: ObjectValue, key: string): TemplateFault | undefined {
  return leftOut.get(object)?.get(foldCase(key));
}
