import { type Document, type ErrorCode, isAlias, isMap, isNode, isScalar, isSeq, type Node, type Pair } from 'yaml';
import { type Diagnostic, type DiagnosticKind, diagnose } from '../base/diagnostic.ts';
import { type PathSegment, renderPath } from '../base/json-path.ts';
import type { Problem } from '../base/problem.ts';
import type { SourceText, Span } from '../base/span.ts';
import { findAliasProblem } from './yaml-aliases.ts';

/** A YAML document and the text it was read from. */
export interface YamlText {
  readonly source: SourceText;
  readonly document: Document;
}

/** A step of a path as it stands in a document: a member's name and value, or an item of a list. */
interface Step {
  readonly name: unknown;
  readonly value: unknown;
}

/** What keeps a document from being read: its syntax, and aliases that stand for nothing or too much. */
export function yamlFaults({ source, document }: YamlText, kind: DiagnosticKind): readonly Diagnostic[] {
  // The library takes what has a tag that it does not know as if it had none.
  const faults = [...document.errors, ...document.warnings.filter(({ code }) => code === 'TAG_RESOLVE_FAILED')];
  if (faults.length > 0) {
    return faults.map(({ code, message, pos: [from, to] }) =>
      diagnose(kind, {
        message: `'${source.name}' is not valid YAML: ${messages[code] ?? message}`,
        span: { source, offset: from, length: Math.max(1, to - from) },
        hint: needsQuotes.includes(code) ? 'Texts with a colon or a brace in them need quotes.' : hints[code],
      }),
    );
  }
  const problem = findAliasProblem(document);
  if (problem === null) return [];
  const { message, range } = problem;
  const span = range === null ? undefined : { source, offset: range[0], length: range[1] - range[0] };
  return [diagnose(kind, { message: `'${source.name}' cannot be read: ${message}`, span })];
}

/** In place of messages that speak of the library. */
const messages: Readonly<Partial<Record<ErrorCode, string>>> = {
  MULTIPLE_DOCS: 'It should be one document, and another one begins here.',
  DUPLICATE_KEY: 'The same name stands here twice.',
  TAG_RESOLVE_FAILED: 'The tag here means nothing.',
};

const hints: Readonly<Partial<Record<ErrorCode, string>>> = {
  DUPLICATE_KEY: 'Put what belongs to it under one of the two.',
  TAG_RESOLVE_FAILED: 'Write the value as it stands; nothing is filled in from elsewhere.',
  TAB_AS_INDENT: 'Indent with spaces; YAML takes no tabs.',
};

/** Faults that mostly come from a text without quotes. */
const needsQuotes: readonly ErrorCode[] = [
  'BAD_ALIAS',
  'BAD_SCALAR_START',
  'BLOCK_AS_IMPLICIT_KEY',
  'MISSING_CHAR',
  'MULTILINE_IMPLICIT_KEY',
  'UNEXPECTED_TOKEN',
];

/** The plain values of a document that {@link yamlFaults} finds no fault with; it has counted what aliases stand for. */
export function plainValue(document: Document): unknown {
  return document.toJS({ maxAliasCount: -1 });
}

/** Tells of problems where they stand. */
export function locateProblems(
  problems: readonly Problem[],
  kind: DiagnosticKind,
  placeOf: (problem: Problem) => Span,
): Diagnostic[] {
  return problems.map((problem) =>
    diagnose(kind, {
      message: problem.message,
      hint: problem.hint,
      span: placeOf(problem),
      path: renderPath(problem.path),
    }),
  );
}

/** The name of the last member on a path that exists, or the item of the list. */
export function spanOfName(text: YamlText, path: readonly PathSegment[]): Span {
  return spanOf(text.source, lastStep(text, path)?.name ?? text.document.contents);
}

/** The value at the end of a path; the last name on it when there is no value. */
export function spanOfValue(text: YamlText, path: readonly PathSegment[]): Span {
  const last = lastStep(text, path);
  return isWritten(last?.value) ? spanOf(text.source, last?.value) : spanOfName(text, path);
}

function lastStep({ document }: YamlText, path: readonly PathSegment[]): Step | undefined {
  let last: Step | undefined;
  for (const segment of path) {
    const next = stepInto(document, last === undefined ? document.contents : last.value, segment);
    if (next === undefined) break;
    last = next;
  }
  return last;
}

function stepInto(document: Document, at: unknown, segment: PathSegment): Step | undefined {
  const node = isAlias(at) ? at.resolve(document) : at;
  if (isSeq(node) && typeof segment === 'number') {
    const item = node.items[segment];
    return item === undefined ? undefined : { name: item, value: item };
  }
  if (!isMap(node)) return undefined;
  const pair: Pair | undefined = node.items.find(({ key }) => nameOf(key) === String(segment));
  return pair === undefined ? undefined : { name: pair.key, value: pair.value };
}

function nameOf(key: unknown): string {
  return String(isScalar(key) ? key.value : key);
}

function isWritten(node: unknown): node is Node {
  return isNode(node) && node.range !== undefined && node.range !== null && node.range[1] > node.range[0];
}

/** Where a node stands. */
export function spanOf(source: SourceText, node: unknown): Span {
  // A file of nothing or of comments alone has no node; its name has to be told all the same.
  if (!isWritten(node) || !node.range) return { source, offset: 0, length: 1 };
  const [from, to] = node.range;
  return { source, offset: from, length: Math.max(1, source.text.slice(from, to).trimEnd().length) };
}
