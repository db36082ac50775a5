import type { Behaviour } from './behaviour.ts';
import { layOutPathTree, nodeField, nodeSize, noIndex, type PathTreeEntry, slotLimit } from './path-tree-layout.ts';

/**
 * Finds which of many literals a text equals or starts with, in time that depends on the text and not on the number of
 * literals. A look-up walks once through one array, so it touches little memory.
 */
export class PathTree {
  readonly #nodes: Int32Array;
  readonly #labels: string;
  readonly #precedence: Behaviour['pathPrecedence'];

  constructor(entries: readonly PathTreeEntry[], precedence: Behaviour['pathPrecedence']) {
    const { nodes, labels } = layOutPathTree(entries);
    this.#nodes = nodes;
    this.#labels = labels;
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
    const slot = character - (nodes[node + nodeField.firstSlotCharacter] ?? 0);
    if (slot < 0 || slot >= (nodes[node + nodeField.slotCount] ?? 0)) return this.#childWithoutSlot(node, character);
    return nodes[(nodes[node + nodeField.firstSlot] ?? 0) + slot] ?? 0;
  }

  #childWithoutSlot(node: number, character: number): number {
    if (character < slotLimit) return 0;
    const first = this.#nodes[node + nodeField.firstChild] ?? 0;
    const end = first + (this.#nodes[node + nodeField.childCount] ?? 0) * nodeSize;
    for (let child = first; child < end; child += nodeSize) {
      if (this.#nodes[child + nodeField.firstCharacter] === character) return child;
    }
    return 0;
  }

  #hasLabel(node: number, text: string, at: number): boolean {
    const start = this.#nodes[node + nodeField.labelStart] ?? 0;
    const length = this.#nodes[node + nodeField.labelLength] ?? 0;
    if (at + length > text.length) return false;
    for (let offset = 0; offset < length; offset += 1) {
      if (this.#labels.charCodeAt(start + offset) !== text.charCodeAt(at + offset)) return false;
    }
    return true;
  }
}
