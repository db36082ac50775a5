import type { Span } from '../../base/span.ts';
import type { RequestDescription } from '../../observability/describe-request.ts';
import type { TestCase, TestFile } from '../format/test-file.ts';

/** Why something came out as it did: a stage of the gateway's decision and what it has to say. */
export interface Reason {
  readonly stage: string;
  readonly why: string;
}

/** An expectation that does not hold, or a test that could not be carried out. */
export interface Failure {
  /** What it is about: `pool`, `headers.x-served-by`. */
  readonly subject: string;
  /** null when the test could not be carried out. */
  readonly expected: string | null;
  readonly actual: string;
  readonly reasons: readonly Reason[];
  readonly span: Span | undefined;
  /** `GET https://shop.contoso.com/`; null when it concerns no single request. */
  readonly request: string | null;
  /** What the gateway decided; null when nothing reached it. */
  readonly decision: RequestDescription | null;
  /** In how many of the repeated requests. */
  readonly times: number;
}

export type Outcome = 'passed' | 'failed' | 'skipped';

export interface CaseResult {
  readonly test: TestCase;
  readonly span: Span | undefined;
  readonly outcome: Outcome;
  /** Why it was skipped. */
  readonly skipped: string | null;
  readonly failures: readonly Failure[];
  readonly milliseconds: number;
}

export interface FileResult {
  readonly file: TestFile;
  /** In the order of the file. */
  readonly cases: readonly CaseResult[];
  readonly milliseconds: number;
}

export function countOutcomes(files: readonly FileResult[]): Readonly<Record<Outcome, number>> {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const { cases } of files) for (const { outcome } of cases) counts[outcome]++;
  return counts;
}
