import type { Painter } from '../../reporters/reporter.ts';
import type { CoverageReport } from '../run/coverage.ts';
import type { Failure, FileResult } from '../run/test-result.ts';
import { countOutcomes } from '../run/test-result.ts';

/** Everything that one run of `agate test` found out. */
export interface TestReport {
  readonly version: string;
  readonly template: string;
  readonly files: readonly FileResult[];
  /** null unless it was asked for. */
  readonly coverage: CoverageReport | null;
  /** Percentage that coverage has to reach; null for none. */
  readonly minimumCoverage: number | null;
}

/** Turns a report into the text of one output format. */
export type TestReporter = (report: TestReport, painter?: Painter) => string;

export function isCoverageShort({ coverage, minimumCoverage }: TestReport): boolean {
  return coverage !== null && minimumCoverage !== null && coverage.percent < minimumCoverage;
}

/** `pool: expected 'images', got 'web'`. */
export function describeFailure({ subject, expected, actual, times }: Failure): string {
  const repeated = times > 1 ? ` (${times} times)` : '';
  return expected === null ? actual : `${subject}: expected ${expected}, got ${actual}${repeated}`;
}

/** Where the request of a failure went, in one line. */
export function describeDecision({ decision, request }: Failure): string | null {
  if (request === null) return null;
  if (decision === null) return request;
  const { listener, rule, pathRule, advancedRoutingRule, redirect, pool, member, status } = decision;
  const parts = [
    ['listener', listener],
    ['rule', rule],
    ['path rule', pathRule],
    ['advanced rule', advancedRoutingRule],
    ['redirect', redirect?.location ?? null],
    ['pool', pool],
    ['member', member],
  ].flatMap(([name, value]) => (value === null ? [] : [`${name} '${value}'`]));
  return `${request} → ${[...parts, String(status)].join(', ')}`;
}

/** `3 passed, 1 failed, 2 skipped`. */
export function summarizeTests(files: readonly FileResult[]): string {
  const counts = countOutcomes(files);
  const parts = (['passed', 'failed', 'skipped'] as const).filter((each) => counts[each] > 0);
  return parts.length === 0 ? 'No tests' : parts.map((each) => `${counts[each]} ${each}`).join(', ');
}

/** `Coverage 81.2 % (13 of 16)`. */
export function summarizeCoverage({ percent, reached, total }: CoverageReport): string {
  return `Coverage ${percent} % (${reached} of ${total})`;
}

export function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}
