import { functionFault } from './function-fault.ts';

/**
 * What a single call may make or walk through. Azure refuses templates of more than 4 MB and resources of more than
 * 1 MB (https://learn.microsoft.com/azure/azure-resource-manager/templates/best-practices#template-limits), so an
 * honest template stays far below; a hostile one must not fill the memory or the stack.
 */
const maximumTextLength = 1_048_576;
const maximumItems = 100_000;
export const maximumDepth = 500;
export const maximumDelimiters = 100;
const maximumSteps = 5_000_000;

/** Faults when a function is about to make a longer text than Agate allows. */
export function checkTextLength(name: string, length: number | bigint): void {
  if (length > maximumTextLength) {
    throw functionFault(name, `The result has ${length} characters; Agate allows ${maximumTextLength}.`);
  }
}

/** Faults when a function is about to make a longer array or a larger object than Agate allows. */
export function checkItemCount(name: string, count: number): void {
  if (count > maximumItems) {
    throw functionFault(name, `The result has ${count} elements; Agate allows ${maximumItems}.`);
  }
}

/** Counts the steps of a walk through values: shared parts make a small value endless, nested ones make it deep. */
export class WalkBudget {
  readonly #name: string;
  #steps = 0;

  /** @param name the function that walks */
  constructor(name: string) {
    this.#name = name;
  }

  step(depth: number): void {
    this.#steps += 1;
    if (this.#steps > maximumSteps) {
      throw functionFault(this.#name, `The values have more than ${maximumSteps} parts; Agate stops there.`);
    }
    if (depth > maximumDepth) {
      throw functionFault(this.#name, `The values are nested deeper than ${maximumDepth} levels; Agate stops there.`);
    }
  }
}
