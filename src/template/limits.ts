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
  /** Resources declared inside one another, without the outermost. */
  readonly childDepth: number;
  /** Characters of a deployment's name. */
  readonly deploymentNameLength: number;
  /** Characters of one evaluated resource. */
  readonly resourceLength: number;
  /** Characters of all evaluated resources and outputs of one template. */
  readonly templateLength: number;

  /** Resources of all templates of a deployment. */
  readonly totalResources: number;
  /** Characters of the evaluated resources and outputs of all templates of a deployment. */
  readonly totalLength: number;
  /** Nested deployments inside one another. */
  readonly deploymentDepth: number;
  /** Evaluations inside one another: calls, variables that use variables, JSON levels. Real templates stay below 30. */
  readonly evaluationDepth: number;
  /** Calls, accesses and values built in the whole deployment. */
  readonly steps: number;
  /** Nodes of one value. */
  readonly valueSize: number;
  /** Characters of text, and `partSize` for each part of an array or object, that are made in the whole deployment. */
  readonly made: number;
  /** Levels of objects and arrays in one value. */
  readonly valueDepth: number;
  /** Parts left out because they cannot be evaluated. */
  readonly faults: number;
  readonly elapsedMilliseconds: number;
}

export const defaultLimits: Limits = {
  parameters: 256,
  variables: 256,
  outputs: 64,
  expressionLength: 24_576,
  copyCount: 800,
  resources: 800,
  childDepth: 5,
  deploymentNameLength: 64,
  resourceLength: 1_048_576,
  templateLength: 4_194_304,

  totalResources: 10_000,
  totalLength: 33_554_432,
  deploymentDepth: 50,
  evaluationDepth: 250,
  steps: 20_000_000,
  valueSize: 1_000_000,
  made: 536_870_912,
  valueDepth: 500,
  faults: 10_000,
  elapsedMilliseconds: 10_000,
};

/** What a part of an array or object takes beside its text, in characters, about. */
export const partSize = 64;

/** Counts what an evaluation has used of its limits; `LimitFault` when it is too much. */
export class Budget {
  readonly limits: Limits;
  readonly #clock: Clock;
  readonly #start: number;
  #steps = 0;
  #depth = 0;
  #made = 0;
  #faults = 0;
  #resources = 0;
  #length = 0;

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

  /** Counts what was made, whether it is kept or not: nobody can tell how long it will be. */
  made(size: number, site: Span | undefined): void {
    this.#made += size;
    if (this.#made > this.limits.made) {
      throw limitFault(
        `Evaluation stopped: the texts, arrays and objects that the template makes take more than ${this.limits.made >> 20} MB.`,
        site,
      );
    }
  }

  /** Counts a part that is left out. */
  fault(site: Span | undefined): void {
    this.#faults++;
    if (this.#faults > this.limits.faults) {
      throw limitFault(`More than ${this.limits.faults} parts cannot be evaluated; evaluation stopped.`, site);
    }
  }

  /** Counts a resource of whatever template. */
  resource(site: Span | undefined): void {
    this.#resources++;
    if (this.#resources > this.limits.totalResources) {
      throw limitFault(
        `The templates of the deployment have more than ${this.limits.totalResources} resources in all; evaluation stopped.`,
        site,
      );
    }
  }

  /** Counts the text of a resource or output of whatever template. */
  written(length: number, site: Span | undefined): void {
    this.#length += length;
    if (this.#length > this.limits.totalLength) {
      throw limitFault(
        `What the templates of the deployment evaluate to has more than ${this.limits.totalLength} characters; evaluation stopped.`,
        site,
      );
    }
  }
}

/** The size of one evaluated template, against the limits that Azure has for it. */
export class TemplateSize {
  readonly #budget: Budget;
  #length = 0;

  constructor(budget: Budget) {
    this.#budget = budget;
  }

  /** @param name as in `/subscriptions/…/publicIPAddresses/ip` */
  addResource(name: string, length: number, site: Span | undefined): void {
    const { resourceLength } = this.#budget.limits;
    if (length > resourceLength) {
      throw tooLarge(`The resource '${name}' has ${length} characters; Azure takes ${resourceLength}.`, site);
    }
    this.add(length, site);
  }

  add(length: number, site: Span | undefined): void {
    const { templateLength } = this.#budget.limits;
    this.#length += length;
    if (this.#length > templateLength) {
      throw tooLarge(`The evaluated template has more than ${templateLength} characters, which Azure refuses.`, site);
    }
    this.#budget.written(length, site);
  }
}

function tooLarge(message: string, span: Span | undefined): LimitFault {
  return new LimitFault(message, { span, kind: kinds.limitExceeded, azureCode: 'JobSizeExceeded' });
}

export function limitFault(message: string, span: Span | undefined): LimitFault {
  return new LimitFault(message, { span, kind: kinds.limitExceeded });
}
