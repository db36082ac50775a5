import { type ErrorCode, isMap, isNode, isScalar, isSeq, type Node, parseDocument, type YAMLParseError } from 'yaml';
import { type Diagnostic, type DiagnosticKind, diagnose } from '../../base/diagnostic.ts';
import { type PathSegment, renderPath } from '../../base/json-path.ts';
import type { SourceText, Span } from '../../base/span.ts';
import { type AliasProblem, findAliasProblem } from '../../input/yaml-aliases.ts';
import { normaliseTests } from './normalise-tests.ts';
import type { Problem } from './shape.ts';
import type { ReadTestFile } from './test-file.ts';
import { testFileShape } from './test-file-shape.ts';

export const invalidTestFile: DiagnosticKind = { code: 'AGW0091', rule: 'invalid-test-file', severity: 'error' };

/** Reads a test file, YAML or JSON. Everything that is wrong with it is told at once, with its place. */
export function parseTestFile(source: SourceText): ReadTestFile {
  const document = parseDocument(source.text, { prettyErrors: false, merge: true });
  if (document.errors.length > 0) return { file: undefined, diagnostics: document.errors.map(syntaxError(source)) };
  const aliasProblem = findAliasProblem(document);
  if (aliasProblem !== null) return { file: undefined, diagnostics: [describeAliasProblem(source, aliasProblem)] };
  const locate = (path: readonly PathSegment[]) => spanAt(source, document.contents, path);
  const problems: Problem[] = [];
  const raw = testFileShape.read(document.toJS(), [], problems);
  if (raw === undefined || problems.length > 0) return { file: undefined, diagnostics: problems.map(tell) };
  const { tests, problems: later } = normaliseTests(raw);
  if (later.length > 0) return { file: undefined, diagnostics: later.map(tell) };
  return { file: { source, variables: raw.variables ?? {}, tests, locate }, diagnostics: [] };

  function tell({ path, message, hint }: Problem): Diagnostic {
    return diagnose(invalidTestFile, { message, hint, span: locate(path), path: renderPath(path) });
  }
}

function syntaxError(source: SourceText): (error: YAMLParseError) => Diagnostic {
  return ({ code, message, pos: [from, to] }) =>
    diagnose(invalidTestFile, {
      message: `'${source.name}' is not valid YAML: ${messages[code] ?? message}`,
      span: { source, offset: from, length: Math.max(1, to - from) },
      hint: needsQuotes.includes(code) ? 'Texts with a colon or a brace in them need quotes.' : undefined,
    });
}

function describeAliasProblem(source: SourceText, { message, range }: AliasProblem): Diagnostic {
  return diagnose(invalidTestFile, {
    message: `'${source.name}' cannot be read: ${message}`,
    span: range === null ? undefined : { source, offset: range[0], length: range[1] - range[0] },
  });
}

/** In place of messages that speak of the library. */
const messages: Readonly<Partial<Record<ErrorCode, string>>> = {
  MULTIPLE_DOCS: 'A test file is one document, and another one begins here.',
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

/** The place of the last step of a path that exists: the key of a mapping's entry, or the item of a list. */
function spanAt(source: SourceText, root: Node | null, path: readonly PathSegment[]): Span {
  let node: unknown = root;
  let place: unknown = root;
  for (const segment of path) {
    const next = stepInto(node, segment);
    if (next === undefined) break;
    ({ node, place } = next);
  }
  // A file of nothing or of comments alone has no node; its name has to be told all the same.
  if (!isNode(place) || !place.range) return { source, offset: 0, length: 1 };
  const [from, to] = place.range;
  const text = source.text.slice(from, to);
  return { source, offset: from, length: Math.max(1, text.trimEnd().length) };
}

function stepInto(
  node: unknown,
  segment: PathSegment,
): { readonly node: unknown; readonly place: unknown } | undefined {
  if (isSeq(node) && typeof segment === 'number') return { node: node.items[segment], place: node.items[segment] };
  if (!isMap(node)) return undefined;
  const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(segment));
  return pair === undefined ? undefined : { node: pair.value, place: pair.key };
}
