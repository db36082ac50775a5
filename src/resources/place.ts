import type { SchemaNode } from '../../schemas/resource-schemas.js';
import type { PathSegment } from '../base/json-path.ts';
import type { Member, Value } from '../template/value.ts';

/** A value under examination: where it is and what it ought to be. */
export interface Place {
  readonly value: Value;
  readonly schema: SchemaNode;
  /** In canonical spelling. */
  readonly path: readonly PathSegment[];
  /** The member that holds the value, when an object does. */
  readonly member?: Member | undefined;
  /** The object around, as far as the schema describes it. */
  readonly parent?: Place | undefined;
}

/** Whether a value, or something around it, came later than an api-version. */
export function isTooNew(place: Place | undefined, apiVersion: string): boolean {
  return place !== undefined && ((place.schema.since ?? '') > apiVersion || isTooNew(place.parent, apiVersion));
}

/** Whether a value, or something around it, left before an api-version. */
export function isGone(place: Place | undefined, apiVersion: string): boolean {
  return place !== undefined && ((place.schema.until ?? apiVersion) < apiVersion || isGone(place.parent, apiVersion));
}
