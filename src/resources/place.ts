import type { SchemaNode } from '../../schemas/resource-schemas.js';
import type { PathSegment } from '../base/json-path.ts';
import type { Member, Value } from '../template/value.ts';

/** A value under examination: where it is and what it ought to be. */
export interface Place {
  readonly value: Value;
  readonly schema: SchemaNode;
  /** The last step of its path, in canonical spelling; absent for the resource itself. */
  readonly step?: PathSegment | undefined;
  /** The member that holds the value, when an object does. */
  readonly member?: Member | undefined;
  /** The object around, as far as the schema describes it. */
  readonly parent?: Place | undefined;
}

/** The way to it, in canonical spelling. */
export function pathOf(place: Place): readonly PathSegment[] {
  const steps: PathSegment[] = [];
  for (let at: Place | undefined = place; at?.step !== undefined; at = at.parent) steps.unshift(at.step);
  return steps;
}

/** Whether a value, or something around it, came later than an api-version. */
export function isTooNew(place: Place | undefined, apiVersion: string): boolean {
  return place !== undefined && ((place.schema.since ?? '') > apiVersion || isTooNew(place.parent, apiVersion));
}

/** Whether a value, or something around it, left before an api-version. */
export function isGone(place: Place | undefined, apiVersion: string): boolean {
  return place !== undefined && ((place.schema.until ?? apiVersion) < apiVersion || isGone(place.parent, apiVersion));
}
