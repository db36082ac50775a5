import { type Document, isAlias, isMap, isScalar, isSeq } from 'yaml';
import type { SourceText } from '../base/span.ts';
import { arrayValue, fromJson, type Member, type Value } from '../template/value.ts';
import { spanOf } from './yaml-text.ts';

/** A part of a YAML document in which every value and key knows its place, as in templates. */
export function locatedYaml(source: SourceText, document: Document, node: unknown): Value {
  if (isAlias(node)) return locatedYaml(source, document, node.resolve(document));
  if (isMap(node)) {
    const members = node.items.map(({ key, value }): [string, Member] => [
      String(isScalar(key) ? key.value : key),
      { value: locatedYaml(source, document, value), keySpan: isScalar(key) ? spanOf(source, key) : undefined },
    ]);
    return { kind: 'Object', members: new Map(members), origin: spanOf(source, node) };
  }
  if (isSeq(node)) {
    return arrayValue(
      node.items.map((item) => locatedYaml(source, document, item)),
      spanOf(source, node),
    );
  }
  return isScalar(node) ? fromJson(node.value, spanOf(source, node)) : fromJson(null);
}
