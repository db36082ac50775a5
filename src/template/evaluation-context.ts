import type { Clock } from '../base/clock.ts';
import type { Span } from '../base/span.ts';
import type { DeploymentContext } from './deployment-context.ts';
import type { FunctionPlace } from './functions/define-function.ts';
import type { Value } from './value.ts';

/**
 * Everything an expression can see from where it stands. The evaluator makes one for each template and derives
 * narrower ones (a loop's index, a user function's arguments) from it; functions only read it.
 */
export interface EvaluationContext {
  readonly deployment: DeploymentContext;
  readonly clock: Clock;
  /** Which kind of place is being evaluated; `other` where neither run-time nor default-only functions may stand. */
  readonly place: FunctionPlace | 'other';
  /** The value of `parameters(name)`; throws a `TemplateFault` when there is none. */
  parameter(name: string): Value;
  /** The value of `variables(name)`; evaluated on first use, cycles are a `TemplateFault`. */
  variable(name: string): Value;
  /** The value of `externalInputs(key)`. */
  externalInput(key: string): Value;
  /** What `extensions(alias)` answers. */
  extension(alias: string): Value;
  /** The value of `lambdaVariables(name)`. */
  lambdaVariable(name: string): Value;
  /** Zero-based index of the loop of that name, or of the innermost one; undefined outside such a loop. */
  copyIndex(loopName: string | undefined): number | undefined;
  /** What `deployment()` answers at this level. */
  deploymentObject(): Value;
  /** What `reference(…)` answers. */
  reference(request: ReferenceRequest): Value;
  /** What `references(loop, …)` answers: the members of a resource loop, by index. */
  references(symbol: string, full: boolean, site: Span | undefined): Value;
  /** What `list…(…)` answers. */
  list(request: ListRequest): Value;
  /** What stands for the answer of `reference` or a `list…` about a resource that cannot be found here. */
  unknownAnswer(request: Omit<ListRequest, 'apiVersion'>): Value;
  /** `resourceInfo(symbol)`: `{id, name, type, apiVersion}`. */
  resourceInfo(symbol: string, site: Span | undefined): Value;
  /** A new random GUID, from the deployment's own source so that runs can be repeated. */
  newGuid(): string;
}

export interface ReferenceRequest {
  /** A symbolic name, a resource's name, `Type/name`, or a resource ID. */
  readonly target: string;
  readonly apiVersion: string | undefined;
  /** True for the whole resource, false for its `properties`. */
  readonly full: boolean;
  readonly site: Span | undefined;
}

export interface ListRequest {
  /** The function as called: `listKeys`, `listAccountSas` and so on. */
  readonly functionName: string;
  readonly target: string;
  readonly apiVersion: string | undefined;
  readonly site: Span | undefined;
}
