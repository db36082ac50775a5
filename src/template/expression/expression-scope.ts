import type { Span } from '../../base/span.ts';
import type { EvaluationContext } from '../evaluation-context.ts';
import type { Budget } from '../limits.ts';
import type { Value } from '../value.ts';

/** What the evaluator needs to know of a place in a template, beyond what functions may ask for. */
export interface ExpressionScope extends EvaluationContext {
  readonly budget: Budget;
  withLambdaVariables(variables: ReadonlyMap<string, Value>): ExpressionScope;
  /** Calls `namespace.name(args)`. */
  callUserFunction(namespace: string, name: string, args: readonly Value[]): Value;
  /**
   * Called with the end of each chain of accesses: a value that only Azure knows while the deployment runs becomes a
   * placeholder or a fault, any other value stays as it is.
   */
  settle(value: Value, site: Span | undefined): Value;
}
