import type { PathSegment } from '../../base/json-path.ts';
import { isRecord } from '../../input/shape.ts';

const step = /\.([\p{L}_$][\p{L}\p{N}_$-]*)|\[(\d+)\]|\['((?:[^'\\]|\\.)*)'\]|\["((?:[^"\\]|\\.)*)"\]/uy;

/** The steps of `$.items[0]['a.b']`; undefined for what is no such path. */
export function parseJsonQuery(query: string): readonly PathSegment[] | undefined {
  if (!query.startsWith('$')) return undefined;
  const segments: PathSegment[] = [];
  step.lastIndex = 1;
  while (step.lastIndex < query.length) {
    const match = step.exec(query);
    if (match === null) return undefined;
    const [, name, index, single, double] = match;
    const quoted = single ?? double;
    if (index !== undefined) segments.push(Number(index));
    else segments.push(name ?? (quoted ?? '').replace(/\\(.)/g, '$1'));
  }
  return segments;
}

/** What stands at a path of a JSON value; undefined when there is nothing. */
export function queryJson(value: unknown, segments: readonly PathSegment[]): unknown {
  let at = value;
  for (const segment of segments) {
    if (typeof segment === 'number') at = Array.isArray(at) ? at[segment] : undefined;
    else at = isRecord(at) && Object.hasOwn(at, segment) ? at[segment] : undefined;
  }
  return at;
}
