import type { Span } from '../../base/span.ts';
import { kinds } from '../diagnostics.ts';
import { evaluateString } from '../evaluate-string.ts';
import { isMadeUp } from '../runtime-values/made-up.ts';
import type { Scope } from '../scope.ts';
import { TemplateFault } from '../template-fault.ts';
import type { Value } from '../value.ts';

/** How often a loop turns, and the value that says so, by which the number may be made up. */
export interface CopyCount {
  readonly turns: number;
  readonly value: Value;
}

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
): CopyCount {
  if (raw === undefined) {
    throw new TemplateFault(`The copy loop '${loopName}' has no 'count'.`, { span: place, kind: kinds.invalidCopy });
  }
  const count = raw.kind === 'String' ? evaluateString(raw, scope.atPlace('other')) : raw;
  const limit = scope.budget.limits.copyCount;
  const isNumber = count.kind === 'Integer' && count.value >= 0n && count.value <= BigInt(limit);
  // Nobody told how often, and once shows what the loop makes.
  if (count.madeUp?.isDerived && !(isNumber && count.value === 0n)) return { turns: 1, value: count };
  if (isNumber) return { turns: Number(count.value), value: count };
  if (isMadeUp(count)) return { turns: 1, value: count };
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
