import type { Clock } from '../base/clock.ts';
import type { Span } from '../base/span.ts';
import { kinds } from './diagnostics.ts';
import { LimitFault } from './template-fault.ts';

/**
 * What a template may ask for. The first group are Azure's own limits, the second protects the machine.
 *
 * https://learn.microsoft.com/azure/azure-resource-manager/templates/best-practices#template-limits
 */
export interface Limits {
  readonly parameters: number;
  readonly variables: number;
  readonly outputs: number;
  readonly expressionLength: number;
  readonly copyCount: number;
  readonly resources: number;
  /** Characters of a deployment's name. */
  readonly deploymentNameLength: number;

  /** Nested deployments inside one another. */
  readonly deploymentDepth: number;
  /** Evaluations inside one another: calls, variables that use variables, JSON levels. Real templates stay below 30. */
  readonly evaluationDepth: number;
  /** Calls, accesses and values built in the whole deployment. */
  readonly steps: number;
  /** Nodes of one value. */
  readonly valueSize: number;
  /** Levels of objects and arrays in one value. */
  readonly valueDepth: number;
  readonly elapsedMilliseconds: number;
}

export const defaultLimits: Limits = {
  parameters: 256,
  variables: 256,
  outputs: 64,
  expressionLength: 24_576,
  copyCount: 800,
  resources: 800,
  deploymentNameLength: 64,

  deploymentDepth: 50,
  evaluationDepth: 250,
  steps: 20_000_000,
  valueSize: 1_000_000,
  valueDepth: 500,
  elapsedMilliseconds: 20_000,
};

/** Counts what an evaluation has used of its limits; `LimitFault` when it is too much. */
export class Budget {
  readonly limits: Limits;
  readonly #clock: Clock;
  readonly #start: number;
  #steps = 0;
  #depth = 0;

  constructor(limits: Limits, clock: Clock) {
    this.limits = limits;
    this.#clock = clock;
    this.#start = clock.elapsed();
  }

  step(site: Span | undefined): void {
    this.#steps++;
    if (this.#steps > this.limits.steps) {
      throw limitFault(`Evaluation stopped after ${this.limits.steps} steps; the template asks for too much.`, site);
    }
    if ((this.#steps & 63) === 0 && this.#clock.elapsed() - this.#start > this.limits.elapsedMilliseconds) {
      throw limitFault(`Evaluation stopped after ${this.limits.elapsedMilliseconds / 1000} seconds.`, site);
    }
  }

  enter(site: Span | undefined): void {
    this.step(site);
    if (++this.#depth > this.limits.evaluationDepth) {
      throw limitFault(
        `Evaluation stopped: calls, variables or functions use one another more than ${this.limits.evaluationDepth} levels deep.`,
        site,
      );
    }
  }

  leave(): void {
    this.#depth--;
  }
}

export function limitFault(message: string, span: Span | undefined): LimitFault {
  return new LimitFault(message, { span, kind: kinds.limitExceeded });
}
