interface Node {
  label: string;
  /** Lowest index of a prefix that ends here. */
  index: number;
  children: Map<number, Node> | undefined;
}

const none = Number.POSITIVE_INFINITY;

/** Finds which prefixes a text starts with in time that depends on the text only, not on the number of prefixes. */
export class PrefixTree {
  readonly #root: Node = { label: '', index: none, children: undefined };

  add(prefix: string, index: number): void {
    let node = this.#root;
    let rest = prefix;
    while (rest !== '') {
      const child = node.children?.get(rest.charCodeAt(0));
      if (child === undefined) {
        node = attach(node, { label: rest, index: none, children: undefined });
        rest = '';
      } else {
        const shared = sharedLength(child.label, rest);
        if (shared < child.label.length) split(child, shared);
        node = child;
        rest = rest.slice(shared);
      }
    }
    node.index = Math.min(node.index, index);
  }

  /** The lowest index among the prefixes of a text; Infinity when there is none. */
  lowestIndex(text: string): number {
    return this.#walk(text, false);
  }

  /** The index of the longest prefix of a text; Infinity when there is none. */
  indexOfLongest(text: string): number {
    return this.#walk(text, true);
  }

  #walk(text: string, wantsLongest: boolean): number {
    let node: Node | undefined = this.#root;
    let best = node.index;
    let at = 0;
    while (node.children !== undefined && at < text.length) {
      node = node.children.get(text.charCodeAt(at));
      if (node === undefined || !text.startsWith(node.label, at)) return best;
      at += node.label.length;
      if (node.index < best || (wantsLongest && node.index !== none)) best = node.index;
    }
    return best;
  }
}

function attach(parent: Node, child: Node): Node {
  parent.children ??= new Map();
  parent.children.set(child.label.charCodeAt(0), child);
  return child;
}

/** Cuts a node's label in two, the second part becoming its only child. */
function split(node: Node, length: number): void {
  const lower: Node = { label: node.label.slice(length), index: node.index, children: node.children };
  node.label = node.label.slice(0, length);
  node.index = none;
  node.children = undefined;
  attach(node, lower);
}

function sharedLength(a: string, b: string): number {
  const limit = Math.min(a.length, b.length);
  let length = 0;
  while (length < limit && a.charCodeAt(length) === b.charCodeAt(length)) length += 1;
  return length;
}
