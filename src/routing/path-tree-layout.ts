/** A literal text, taken as a whole or as the start of longer ones, and its place in a list. */
export interface PathTreeEntry {
  readonly literal: string;
  readonly isPrefix: boolean;
  readonly index: number;
}

/** Larger than any index, so that the lowest of several wins. */
export const noIndex = 0x7fffffff;

/**
 * What a node consists of: its first character, where the rest of its label stands in the tree's text, the lowest
 * indexes of the entries that end here, its children, side by side in the order of their first characters, and slots
 * that lead from an ASCII character to the child that starts with it.
 */
export const nodeField = {
  firstCharacter: 0,
  labelStart: 1,
  labelLength: 2,
  exactIndex: 3,
  prefixIndex: 4,
  firstChild: 5,
  childCount: 6,
  firstSlot: 7,
  firstSlotCharacter: 8,
  slotCount: 9,
} as const;

export const nodeSize = 10;

/** Characters from here on have no slots; few paths have them undecoded. */
export const slotLimit = 128;

export interface PathTreeLayout {
  /** The root comes first. */
  readonly nodes: Int32Array;
  readonly labels: string;
}

interface Literal {
  readonly text: string;
  readonly exactIndex: number;
  readonly prefixIndex: number;
}

/** A node whose children are still to be laid out: the literals that go through it, sorted, and the length they share. */
interface Branch {
  readonly node: number;
  readonly from: number;
  readonly to: number;
  readonly depth: number;
}

/** Lays a tree of literals out in one array, level by level. */
export function layOutPathTree(entries: readonly PathTreeEntry[]): PathTreeLayout {
  const literals = mergeLiterals(entries);
  const nodes = newNode(0, 0, 0);
  const labels: string[] = [];
  let labelsLength = 0;
  const branches: Branch[] = [{ node: 0, from: 0, to: literals.length, depth: 0 }];
  for (let branch = branches[0], next = 1; branch !== undefined; branch = branches[next], next += 1) {
    const children = groupByCharacter(literals, endNode(nodes, literals, branch));
    nodes[branch.node + nodeField.firstChild] = nodes.length;
    nodes[branch.node + nodeField.childCount] = children.length;
    for (const { from, to, depth } of children) {
      const label = sharedText(literals, from, to).slice(depth + 1);
      branches.push({ node: nodes.length, from, to, depth: depth + 1 + label.length });
      nodes.push(...newNode(textOf(literals, from).charCodeAt(depth), labelsLength, label.length));
      labels.push(label);
      labelsLength += label.length;
    }
    addSlots(nodes, branch.node);
  }
  return { nodes: Int32Array.from(nodes), labels: labels.join('') };
}

function newNode(character: number, labelStart: number, labelLength: number): number[] {
  return [character, labelStart, labelLength, noIndex, noIndex, 0, 0, 0, 0, 0];
}

function addSlots(nodes: number[], node: number): void {
  const first = nodes[node + nodeField.firstChild] ?? 0;
  const end = first + (nodes[node + nodeField.childCount] ?? 0) * nodeSize;
  const lowest = nodes[first + nodeField.firstCharacter] ?? slotLimit;
  const slots: number[] = [];
  for (let child = first; child < end; child += nodeSize) {
    const character = nodes[child + nodeField.firstCharacter] ?? 0;
    if (character >= slotLimit) break;
    while (slots.length < character - lowest) slots.push(0);
    slots.push(child);
  }
  nodes[node + nodeField.firstSlot] = nodes.length;
  nodes[node + nodeField.firstSlotCharacter] = lowest;
  nodes[node + nodeField.slotCount] = slots.length;
  nodes.push(...slots);
}

/** Notes the literal that ends at a node, which is the first of those that go through it, and returns the others. */
function endNode(nodes: number[], literals: readonly Literal[], branch: Branch): Omit<Branch, 'node'> {
  const first = literals[branch.from];
  if (first === undefined || first.text.length !== branch.depth) return branch;
  nodes[branch.node + nodeField.exactIndex] = first.exactIndex;
  nodes[branch.node + nodeField.prefixIndex] = first.prefixIndex;
  return { ...branch, from: branch.from + 1 };
}

function groupByCharacter(
  literals: readonly Literal[],
  { from, to, depth }: Omit<Branch, 'node'>,
): Omit<Branch, 'node'>[] {
  const groups: Omit<Branch, 'node'>[] = [];
  let start = from;
  for (let at = from + 1; at <= to; at += 1) {
    if (at < to && textOf(literals, at).charCodeAt(depth) === textOf(literals, start).charCodeAt(depth)) continue;
    groups.push({ from: start, to: at, depth });
    start = at;
  }
  return from < to ? groups : [];
}

/** What a run of sorted literals has in common at the start: what the first and the last have. */
function sharedText(literals: readonly Literal[], from: number, to: number): string {
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
