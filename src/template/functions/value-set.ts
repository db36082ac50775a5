import type { Value } from '../value.ts';
import { deepEqual } from './deep-equal.ts';
import type { WalkBudget } from './limits.ts';

/** A set of values told apart by `deepEqual`. */
export class ValueSet {
  readonly #buckets = new Map<number, Value[]>();
  readonly #budget: WalkBudget;

  constructor(values: Iterable<Value>, budget: WalkBudget) {
    this.#budget = budget;
    for (const value of values) this.add(value);
  }

  has(value: Value): boolean {
    return this.#bucketOf(value).some((member) => deepEqual(member, value, this.#budget));
  }

  /** True when the value was not in the set before. */
  add(value: Value): boolean {
    const bucket = this.#bucketOf(value);
    if (bucket.some((member) => deepEqual(member, value, this.#budget))) return false;
    bucket.push(value);
    return true;
  }

  #bucketOf(value: Value): Value[] {
    const hash = hashOf(value, this.#budget, 0);
    const bucket = this.#buckets.get(hash) ?? [];
    if (bucket.length === 0) this.#buckets.set(hash, bucket);
    return bucket;
  }
}

/** A 32-bit number that is the same for equal values. */
function hashOf(value: Value, budget: WalkBudget, depth: number): number {
  budget.step(depth);
  switch (value.kind) {
    case 'Null':
      return 1;
    case 'Array':
      return value.items.reduce((hash, item) => mix(hash, hashOf(item, budget, depth + 1)), 2);
    case 'Object': {
      let hash = 3;
      // Added up, because the order of the members does not count.
      for (const [key, member] of value.members) {
        hash = (hash + mix(hashText(key), hashOf(member.value, budget, depth + 1))) | 0;
      }
      return hash;
    }
    default:
      return hashText(String(value.value));
  }
}

function mix(hash: number, other: number): number {
  return (Math.imul(hash, 31) + other) | 0;
}

function hashText(text: string): number {
  let hash = 7;
  for (let index = 0; index < text.length; index += 1) hash = mix(hash, text.charCodeAt(index));
  return hash;
}
