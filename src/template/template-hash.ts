import { foldCase } from '../base/case-insensitive-map.ts';
import { hash64 } from './functions/hash64.ts';
import { renderJson } from './json-text.ts';
import type { Value } from './value.ts';

const hashes = new WeakMap<Value, string>();

/**
 * The number by which Azure Resource Manager recognises a template, as `deployment().properties.templateHash` and the
 * metadata that Bicep writes have it. It is taken over the JSON without blanks, in capital letters.
 */
export function templateHash(template: Value): string {
  const known = hashes.get(template);
  if (known !== undefined) return known;
  const hash = hash64(foldCase(renderJson(template))).toString();
  hashes.set(template, hash);
  return hash;
}
