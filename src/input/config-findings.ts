import type { Node } from 'yaml';
import { type Diagnostic, type DiagnosticKind, diagnose, type Severity } from '../base/diagnostic.ts';
import { nearestName } from '../base/nearest-name.ts';
import type { SourceText, Span } from '../base/span.ts';

/** What is wrong with an `agate.yaml`. */
export const invalidConfig: DiagnosticKind = {
  code: 'AGW0090',
  rule: 'invalid-configuration',
  severity: 'error' satisfies Severity,
};

/** A finding about one place of the file. */
export function findingAt(source: SourceText, node: Node | null, message: string): Diagnostic {
  return diagnose(invalidConfig, { message, span: node === null ? undefined : spanOf(source, node) });
}

/** A name that stands where only certain names can, with the one that was most likely meant. */
export function unknownName(source: SourceText, node: Node, kind: string, known: readonly string[]): Diagnostic {
  const name = String(node);
  const nearest = nearestName(name, known);
  const suggestion = nearest === undefined ? `Known: ${known.join(', ')}.` : `Did you mean '${nearest}'?`;
  return findingAt(source, node, `There is no ${kind} '${name}'. ${suggestion}`);
}

/** Where a node stands, when it was written. */
export function spanOf(source: SourceText, node: Node): Span | undefined {
  return node.range ? { source, offset: node.range[0], length: node.range[1] - node.range[0] } : undefined;
}
