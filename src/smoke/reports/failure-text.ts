import type { Failure } from '../run/test-result.ts';
import { describeDecision, describeFailure, placeOf } from './test-report.ts';

/** A failure as lines of plain text, for formats that take text. */
export function failureText(failure: Failure): string {
  const place = placeOf(failure);
  const decision = describeDecision(failure);
  return [
    describeFailure(failure),
    ...failure.reasons.map(({ stage, why }) => `${stage}: ${why}`),
    ...(decision === null ? [] : [`request: ${decision}`]),
    ...(place === null ? [] : [`at ${place}`]),
  ].join('\n');
}
