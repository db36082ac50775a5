/** A literal text, taken as a whole or as the start of longer ones, and its place in a list. */
export interface PathTreeEntry {
  readonly literal: string;
  readonly isPrefix: boolean;
  readonly index: number;
}

/** Larger than any index, so that the lowest of several wins. */
export const noIndex = 0x7fffffff;

/**
 * How a node begins: the lowest indexes of the entries that end here, the length of its label, and what its slots are
 * like. Then come the label, two characters in an integer, and the slots, all side by side: a step from node to node
 * reads one piece of memory.
 */
export const nodeField = { exactIndex: 0, prefixIndex: 1, labelLength: 2, slots: 3 } as const;

export const headSize = 4;

/** Characters from here on have no slots; few paths have them undecoded. */
export const slotLimit = 128;

/**
 * Slots lead from an ASCII character to the child that begins with it, from the first such character that has a child
 * to the last. Behind them stand the other children, each after its character.
 */
export interface Slots {
  readonly firstCharacter: number;
  readonly count: number;
  readonly othersCount: number;
}

export function packSlots({ firstCharacter, count, othersCount }: Slots): number {
  return firstCharacter | (count << 8) | (othersCount << 16);
}

export function slotsAt(node: number, labelLength: number): number {
  return node + headSize + ((labelLength + 1) >> 1);
}

export interface PathTreeLayout {
  /** The root comes first. */
  readonly nodes: Int32Array;
  /** The same memory, for labels. */
  readonly characters: Uint16Array;
}

interface Literal {
  readonly text: string;
  readonly exactIndex: number;
  readonly prefixIndex: number;
}

/** The literals, sorted, that begin alike as far as they have been laid out. */
interface Branch {
  readonly from: number;
  readonly to: number;
  /** Of what they are known to share. */
  readonly depth: number;
}

/** A node that is still to be laid out, and where its place is to be noted. */
interface Pending extends Branch {
  readonly noteAt: number | null;
}

/** Lays a tree of literals out in one array, level by level. */
export function layOutPathTree(entries: readonly PathTreeEntry[]): PathTreeLayout {
  const layout = new Layout(mergeLiterals(entries));
  return layout.finish();
}

class Layout {
  readonly #literals: readonly Literal[];
  readonly #nodes: number[] = [];
  readonly #labels: { readonly at: number; readonly text: string }[] = [];
  readonly #pending: Pending[];

  constructor(literals: readonly Literal[]) {
    this.#literals = literals;
    this.#pending = [{ from: 0, to: literals.length, depth: 0, noteAt: null }];
  }

  finish(): PathTreeLayout {
    for (let next = 0; next < this.#pending.length; next += 1) {
      const pending = this.#pending[next];
      if (pending !== undefined) this.#add(pending);
    }
    const nodes = Int32Array.from(this.#nodes);
    const characters = new Uint16Array(nodes.buffer);
    for (const { at, text } of this.#labels) {
      for (let index = 0; index < text.length; index += 1) characters[at * 2 + index] = text.charCodeAt(index);
    }
    return { nodes, characters };
  }

  #add({ noteAt, ...branch }: Pending): void {
    if (noteAt !== null) this.#nodes[noteAt] = this.#nodes.length;
    // The root has no label: it stands for the empty text, which no character leads to.
    const label = noteAt === null ? '' : sharedText(this.#literals, branch).slice(branch.depth);
    const reached = { ...branch, depth: branch.depth + label.length };
    const ending = this.#literals[branch.from];
    const ends = ending !== undefined && branch.from < branch.to && ending.text.length === reached.depth;
    this.#nodes.push(ends ? ending.exactIndex : noIndex, ends ? ending.prefixIndex : noIndex, label.length);
    const children = groupByCharacter(this.#literals, { ...reached, from: branch.from + Number(ends) });
    this.#addRest(label, children);
  }

  #addRest(label: string, children: readonly Child[]): void {
    const near = children.filter(({ character }) => character < slotLimit);
    const others = children.slice(near.length);
    const firstCharacter = near[0]?.character ?? 0;
    const count = near.length === 0 ? 0 : (near.at(-1)?.character ?? 0) - firstCharacter + 1;
    this.#nodes.push(packSlots({ firstCharacter, count, othersCount: others.length }));
    this.#labels.push({ at: this.#nodes.length, text: label });
    for (let part = 0; part < label.length; part += 2) this.#nodes.push(0);
    const slots = this.#nodes.length;
    for (let slot = 0; slot < count; slot += 1) this.#nodes.push(0);
    for (const { character, ...branch } of near) {
      this.#pending.push({ ...branch, noteAt: slots + character - firstCharacter });
    }
    for (const { character, ...branch } of others) {
      this.#pending.push({ ...branch, noteAt: this.#nodes.push(character, 0) - 1 });
    }
  }
}

interface Child extends Branch {
  /** The first of its own. */
  readonly character: number;
}

/** In the order of the characters, as the literals are sorted. */
function groupByCharacter(literals: readonly Literal[], { from, to, depth }: Branch): Child[] {
  const groups: Child[] = [];
  let start = from;
  for (let at = from + 1; at <= to; at += 1) {
    const character = textOf(literals, start).charCodeAt(depth);
    if (at < to && textOf(literals, at).charCodeAt(depth) === character) continue;
    groups.push({ from: start, to: at, depth: depth + 1, character });
    start = at;
  }
  return from < to ? groups : [];
}

/** What a run of sorted literals has in common at the start: what the first and the last have. */
function sharedText(literals: readonly Literal[], { from, to }: Branch): string {
  const first = textOf(literals, from);
  const last = textOf(literals, to - 1);
  let length = 0;
  while (length < first.length && first.charCodeAt(length) === last.charCodeAt(length)) length += 1;
  return first.slice(0, length);
}

function textOf(literals: readonly Literal[], at: number): string {
  return literals[at]?.text ?? '';
}

/** One literal for each text, with the lowest index of its entries of either kind. */
function mergeLiterals(entries: readonly PathTreeEntry[]): Literal[] {
  const merged = new Map<string, Literal>();
  for (const { literal: text, isPrefix, index } of entries) {
    const { exactIndex = noIndex, prefixIndex = noIndex } = merged.get(text) ?? {};
    merged.set(
      text,
      isPrefix
        ? { text, exactIndex, prefixIndex: Math.min(prefixIndex, index) }
        : { text, exactIndex: Math.min(exactIndex, index), prefixIndex },
    );
  }
  return [...merged.values()].sort((a, b) => (a.text < b.text ? -1 : 1));
}
