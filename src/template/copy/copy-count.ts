import type { Span } from '../../base/span.ts';
import { kinds } from '../diagnostics.ts';
import { evaluateString } from '../evaluate-string.ts';
import { isPlaceholder } from '../runtime-values/runtime-value.ts';
import type { Scope } from '../scope.ts';
import { TemplateFault } from '../template-fault.ts';
import type { Value } from '../value.ts';

/**
 * How often a loop turns. Must be known before anything is deployed, so run-time functions are not allowed.
 *
 * https://learn.microsoft.com/azure/azure-resource-manager/templates/copy-resources#syntax
 */
export function evaluateCopyCount(
  raw: Value | undefined,
  loopName: string,
  scope: Scope,
  place: Span | undefined,
): number {
  if (raw === undefined) {
    throw new TemplateFault(`The copy loop '${loopName}' has no 'count'.`, { span: place, kind: kinds.invalidCopy });
  }
  const count = raw.kind === 'String' ? evaluateString(raw, scope.atPlace('other')) : raw;
  const limit = scope.budget.limits.copyCount;
  if (count.kind === 'Integer' && count.value >= 0n && count.value <= BigInt(limit)) return Number(count.value);
  // Nobody told how often; once shows what the loop makes.
  if (isPlaceholder(count)) return 1;
  const shown = count.secret
    ? '[redacted]'
    : count.kind === 'Integer' || count.kind === 'String'
      ? String(count.value)
      : count.kind;
  throw new TemplateFault(
    `The provided value for the copy count '${shown}' of the loop '${loopName}' is not valid; it must be an integer between 0 and ${limit}. Please see https://aka.ms/arm-copy for usage details.`,
    { span: raw.origin, kind: kinds.invalidCopy },
  );
}
