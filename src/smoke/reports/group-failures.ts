import type { Span } from '../../base/span.ts';
import type { Failure, Reason } from '../run/test-result.ts';
import { uniqueReasons } from '../run/unique-reasons.ts';
import { describeDecision, describeFailure } from './test-report.ts';

/** The failures of one request. Their reasons have much in common, and are told once. */
export interface FailureGroup {
  /** Where the request went; null for a test that could not be carried out. */
  readonly request: string | null;
  readonly failures: readonly { readonly text: string; readonly span: Span | undefined }[];
  readonly reasons: readonly Reason[];
}

/** Puts together what concerns the same request, in the order of the requests. */
export function groupFailures(failures: readonly Failure[]): readonly FailureGroup[] {
  const groups = new Map<string, Failure[]>();
  for (const failure of failures) {
    const key = `${failure.request} ${failure.decision?.traceId ?? ''}`;
    groups.set(key, [...(groups.get(key) ?? []), failure]);
  }
  return [...groups.values()].map((group) => ({
    request: group[0] === undefined ? null : describeDecision(group[0]),
    failures: group.map((failure) => ({ text: describeFailure(failure), span: failure.span })),
    reasons: uniqueReasons(group.flatMap(({ reasons }) => reasons)),
  }));
}

/** A group as lines of plain text, for formats that take text. */
export function groupText({ request, failures, reasons }: FailureGroup): string {
  return [
    ...(request === null ? [] : [request]),
    ...failures.map(({ text, span }) => `  ${text}${placeSuffix(span)}`),
    ...reasons.map(({ stage, why }) => `  ${stage}: ${why}`),
  ].join('\n');
}

/** All failures of a test as plain text. */
export function failuresText(failures: readonly Failure[]): string {
  return groupFailures(failures).map(groupText).join('\n\n');
}

/** `  (shop.test.yaml:7:13)`. */
export function placeSuffix(span: Span | undefined): string {
  const place = placeOf(span);
  return place === null ? '' : `  (${place})`;
}

function placeOf(span: Span | undefined): string | null {
  if (span === undefined) return null;
  const { line, column } = span.source.positionAt(span.offset);
  return `${span.source.name}:${line}:${column}`;
}
