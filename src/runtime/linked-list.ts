/** A member of a {@link LinkedList}; the list alone sets these. */
export interface Linked {
  previous: this | null;
  next: this | null;
}

/**
 * Members that come and go thousands of times a second, in the order in which they came. A `Set` would do, but V8 leaves
 * behind a table for every few dozen deletions, and those tables keep what was in them alive until the next full
 * collection: half of all garbage was copied around because of that.
 */
export class LinkedList<T extends Linked> {
  #first: T | null = null;
  #last: T | null = null;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  has(member: T): boolean {
    return member.previous !== null || member.next !== null || this.#first === member;
  }

  add(member: T): void {
    member.previous = this.#last;
    if (this.#last === null) this.#first = member;
    else this.#last.next = member;
    this.#last = member;
    this.#size++;
  }

  /** Tells whether it was there. */
  delete(member: T): boolean {
    if (!this.has(member)) return false;
    const { previous, next } = member;
    if (previous === null) this.#first = next;
    else previous.next = next;
    if (next === null) this.#last = previous;
    else next.previous = previous;
    member.previous = null;
    member.next = null;
    this.#size--;
    return true;
  }

  /** Members may be deleted while they are visited. */
  *[Symbol.iterator](): Generator<T> {
    let member = this.#first;
    while (member !== null) {
      const { next }: T = member;
      yield member;
      member = next;
    }
  }
}
