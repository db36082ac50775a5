import { sameName } from '../../base/case-insensitive-map.ts';
import type { Span } from '../../base/span.ts';
import { evaluateCopyCount } from '../copy/copy-count.ts';
import { kinds } from '../diagnostics.ts';
import { evaluateString } from '../evaluate-string.ts';
import type { Findings } from '../findings.ts';
import { isMadeUp } from '../runtime-values/made-up.ts';
import type { Scope } from '../scope.ts';
import { TemplateFault } from '../template-fault.ts';
import { getValue, type ObjectValue, type Value } from '../value.ts';

interface LoopOwner {
  readonly symbolicName: string | undefined;
  readonly scope: Scope;
}

/**
 * Reads `copy` of a resource: how its loop is called, and how often it turns.
 *
 * https://learn.microsoft.com/azure/azure-resource-manager/templates/copy-resources#syntax
 */
export function readResourceLoop(
  copy: Value,
  owner: LoopOwner,
  findings: Findings,
): { readonly name: string; readonly turns: number } {
  if (copy.kind !== 'Object') {
    throw invalidLoop("'copy' of a resource must be an object with name and count.", copy.origin);
  }
  const { scope } = owner;
  const name = loopName(copy, owner);
  const { turns, value } = evaluateCopyCount(getValue(copy, 'count'), name, scope, copy.origin);
  checkMode(copy, name, scope, findings);
  if (!isMadeUp(value)) checkBatchSize(copy, { name, turns }, scope, findings);
  return { name, turns };
}

function loopName(copy: ObjectValue, { scope, symbolicName }: LoopOwner): string {
  const raw = getValue(copy, 'name');
  const name = raw?.kind === 'String' ? evaluateString(raw, scope) : undefined;
  if (name?.kind === 'String' && name.value !== '') return name.value;
  if (symbolicName !== undefined && raw === undefined) return symbolicName;
  throw invalidLoop("The copy loop of a resource needs a 'name'.", raw?.origin ?? copy.origin);
}

function checkMode(copy: ObjectValue, name: string, scope: Scope, findings: Findings): void {
  const raw = getValue(copy, 'mode');
  if (raw === undefined) return;
  const mode = raw.kind === 'String' ? evaluateString(raw, scope) : raw;
  if (isMadeUp(mode)) return;
  if (mode.kind === 'String' && (sameName(mode.value, 'Parallel') || sameName(mode.value, 'Serial'))) return;
  findings.report(kinds.invalidCopy, {
    message: `The mode ${shown(mode)} of the loop '${name}' is not valid; allowed: 'Parallel', 'Serial'.`,
    span: raw.origin,
  });
}

/** https://learn.microsoft.com/azure/azure-resource-manager/templates/copy-resources#serial-or-parallel */
function checkBatchSize(
  copy: ObjectValue,
  { name, turns }: { readonly name: string; readonly turns: number },
  scope: Scope,
  findings: Findings,
): void {
  const raw = getValue(copy, 'batchSize');
  if (raw === undefined) return;
  const size = raw.kind === 'String' ? evaluateString(raw, scope) : raw;
  if (isMadeUp(size)) return;
  if (size.kind === 'Integer' && size.value >= 1n && size.value <= BigInt(Math.max(turns, 1))) return;
  findings.report(kinds.invalidCopy, {
    message: `The batch size ${shown(size)} of the loop '${name}' must be between 1 and its count, '${turns}'.`,
    span: raw.origin,
  });
}

function shown(value: Value): string {
  if (value.secret) return '[redacted]';
  return value.kind === 'String' || value.kind === 'Integer' ? `'${value.value}'` : `of type '${value.kind}'`;
}

function invalidLoop(message: string, span: Span | undefined): TemplateFault {
  return new TemplateFault(message, { span, kind: kinds.invalidCopy });
}
