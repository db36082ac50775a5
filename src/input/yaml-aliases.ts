import { type Alias, type Document, isAlias, isCollection, isNode, isPair, visit } from 'yaml';

/** What is wrong with the aliases of a YAML document; the library would throw, or copy without end. */
export interface AliasProblem {
  readonly message: string;
  /** From where to where; null when it is about the whole. */
  readonly range: readonly [from: number, to: number] | null;
}

/** More than anybody writes, and little enough for any machine. */
const maximumValues = 100_000;

/** Finds an alias that stands for nothing or for itself, or aliases that stand for more than can be wanted. */
export function findAliasProblem(document: Document): AliasProblem | null {
  let problem: AliasProblem | null = null;
  visit(document, {
    Alias(_key, alias, ancestors) {
      const message = messageFor(alias, alias.resolve(document), ancestors);
      if (message === null) return undefined;
      problem = { message, range: alias.range ? [alias.range[0], alias.range[1]] : null };
      return visit.BREAK;
    },
  });
  if (problem !== null || valuesOf(document.contents, document, new Map()) <= maximumValues) return problem;
  return { message: `Its aliases stand for more than ${maximumValues} values altogether.`, range: null };
}

function messageFor({ source }: Alias, target: unknown, ancestors: readonly unknown[]): string | null {
  if (target === undefined) return `The alias '*${source}' stands for nothing; '&${source}' has to come before it.`;
  return ancestors.includes(target) ? `The alias '*${source}' is inside of what it stands for.` : null;
}

/** How many values there are when every alias is replaced by what it stands for. */
function valuesOf(node: unknown, document: Document, known: Map<unknown, number>): number {
  const before = known.get(node);
  if (before !== undefined) return before;
  const values = countValues(node, document, known);
  if (isNode(node)) known.set(node, values);
  return values;
}

function countValues(node: unknown, document: Document, known: Map<unknown, number>): number {
  if (isAlias(node)) return valuesOf(node.resolve(document), document, known);
  if (isPair(node)) return valuesOf(node.key, document, known) + valuesOf(node.value, document, known);
  if (!isCollection(node)) return 1;
  return node.items.reduce<number>((sum, item) => sum + valuesOf(item, document, known), 1);
}
