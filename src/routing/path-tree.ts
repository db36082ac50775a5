import type { Behaviour } from './behaviour.ts';
import {
  headSize,
  layOutPathTree,
  nodeField,
  noIndex,
  type PathTreeEntry,
  slotLimit,
  slotsAt,
} from './path-tree-layout.ts';

/**
 * Finds which of many literals a text equals or starts with, in time that depends on the text and not on the number of
 * literals. A look-up walks once through one array, so it touches little memory.
 */
export class PathTree {
  readonly #nodes: Int32Array;
  readonly #characters: Uint16Array;
  readonly #precedence: Behaviour['pathPrecedence'];

  constructor(entries: readonly PathTreeEntry[], precedence: Behaviour['pathPrecedence']) {
    const { nodes, characters } = layOutPathTree(entries);
    this.#nodes = nodes;
    this.#characters = characters;
    this.#precedence = precedence;
  }

  /** The index of the entry that takes a text; undefined when none does. */
  find(text: string): number | undefined {
    return this.#walk(text, true);
  }

  /** The index of the prefix that takes a text with all that may follow it; undefined when none does. */
  findPrefix(text: string): number | undefined {
    return this.#walk(text, false);
  }

  #walk(text: string, includesExact: boolean): number | undefined {
    const nodes = this.#nodes;
    let best = nodes[nodeField.prefixIndex] ?? noIndex;
    let node = 0;
    let at = 0;
    while (at < text.length) {
      node = this.#child(node, text.charCodeAt(at));
      if (node === 0 || !this.#hasLabel(node, text, at + 1)) return best === noIndex ? undefined : best;
      at += 1 + (nodes[node + nodeField.labelLength] ?? 0);
      best = this.#better(best, nodes[node + nodeField.prefixIndex] ?? noIndex);
    }
    if (includesExact) best = this.#withExact(best, nodes[node + nodeField.exactIndex] ?? noIndex);
    return best === noIndex ? undefined : best;
  }

  /** Of the best prefix so far and a longer one. */
  #better(best: number, longer: number): number {
    if (this.#precedence !== 'mostSpecific') return Math.min(best, longer);
    return longer === noIndex ? best : longer;
  }

  #withExact(best: number, exact: number): number {
    if (this.#precedence === 'listed') return Math.min(best, exact);
    return exact === noIndex ? best : exact;
  }

  /** The child that starts with a character; 0, which is the root, when there is none. */
  #child(node: number, character: number): number {
    const nodes = this.#nodes;
    const packed = nodes[node + nodeField.slots] ?? 0;
    const slots = slotsAt(node, nodes[node + nodeField.labelLength] ?? 0);
    const slot = character - (packed & 0xff);
    const count = (packed >>> 8) & 0xff;
    if (slot >= 0 && slot < count) return nodes[slots + slot] ?? 0;
    return character < slotLimit ? 0 : this.#childWithoutSlot(slots + count, packed >>> 16, character);
  }

  #childWithoutSlot(others: number, count: number, character: number): number {
    for (let at = others; at < others + count * 2; at += 2) {
      if (this.#nodes[at] === character) return this.#nodes[at + 1] ?? 0;
    }
    return 0;
  }

  #hasLabel(node: number, text: string, at: number): boolean {
    const length = this.#nodes[node + nodeField.labelLength] ?? 0;
    if (at + length > text.length) return false;
    const label = (node + headSize) * 2;
    for (let offset = 0; offset < length; offset += 1) {
      if (this.#characters[label + offset] !== text.charCodeAt(at + offset)) return false;
    }
    return true;
  }
}
