import type { PathSegment } from '../../base/json-path.ts';

/** The resource whose run-time state a value comes from. */
export interface RuntimeSource {
  readonly kind: 'resource';
  readonly id: string;
  readonly type: string;
  readonly name: string;
  readonly location: string;
  /** `reference`, `listKeys` and so on. */
  readonly functionName: string;
  /** Whether the template declares the resource. */
  readonly isDeclared: boolean;
  /** The template declares it with a condition that is false. */
  readonly hasFalseCondition: boolean;
  /** Members of its `properties` that Azure leaves out when the template does not ask for them. */
  readonly absentMembers: readonly string[];
}

/** A parameter for whose value something stands in. */
export interface StandInSource {
  readonly kind: 'parameter';
  readonly name: string;
}

/** How a value was reached from what a run-time function answered, or from a parameter without a value. */
export interface Whence<S extends RuntimeSource | StandInSource = RuntimeSource | StandInSource> {
  readonly source: S;
  readonly path: readonly PathSegment[];
  /** The path begins at what a template makes of the source, and not at the source itself. */
  readonly isDerived?: true | undefined;
}

export interface OpenPath<S extends RuntimeSource | StandInSource = RuntimeSource | StandInSource> extends Whence<S> {
  /** Nothing of the value is known; when false, it has parts beyond those it shows. */
  readonly isUnknown: boolean;
}
