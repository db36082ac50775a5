import { getLocation } from 'jsonc-parser';
import type { PathSegment } from '../../base/json-path.ts';

/** The way to what stands at an offset of a JSON text, also of one that is not quite right. */
export function pathAt(text: string, offset: number): readonly PathSegment[] {
  return getLocation(text, offset).path;
}
