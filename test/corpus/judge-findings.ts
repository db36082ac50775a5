import type { Diagnostic } from '../../src/base/diagnostic.ts';
import type { Range } from '../../src/base/span.ts';
import { rangeOf } from '../../src/base/span.ts';
import type { LoadedGateway } from '../../src/gateway/load-gateways.ts';

/** Errors that keep an entry from running, by the stage they belong to, and the others. */
export interface JudgedFindings {
  readonly parses: readonly Diagnostic[];
  readonly evaluates: readonly Diagnostic[];
  readonly builds: readonly Diagnostic[];
  /**
   * Of other resources, or of schemas: Azure would refuse the deployment, or has taken it in spite of its schemas. Either
   * way the gateway is there.
   */
  readonly other: readonly Diagnostic[];
}

/** Sorts the errors found while a document was loaded. */
export function judgeFindings(diagnostics: readonly Diagnostic[], gateways: readonly LoadedGateway[]): JudgedFindings {
  const judged = { parses: [] as Diagnostic[], evaluates: [] as Diagnostic[], builds: [] as Diagnostic[] };
  const other: Diagnostic[] = [];
  for (const diagnostic of diagnostics.filter(({ severity }) => severity === 'error')) {
    const stage = stageOf(diagnostic.code);
    const counts =
      stage !== 'evaluates' || gateways.length === 0 || gateways.some((each) => concerns(diagnostic, each));
    if (stage === undefined || !counts) other.push(diagnostic);
    else judged[stage].push(diagnostic);
  }
  return { ...judged, other };
}

/** Codes are grouped by the phase that reports them. */
function stageOf(code: string): 'parses' | 'evaluates' | 'builds' | undefined {
  if (code.startsWith('AGW00')) return 'parses';
  if (code.startsWith('AGW1')) return 'evaluates';
  return code.startsWith('AGW4') ? 'builds' : undefined;
}

/** Whether a finding lies in the gateway, or names a place in it that uses what is wrong elsewhere. */
function concerns(diagnostic: Diagnostic, { resource }: LoadedGateway): boolean {
  if (resource.origin === undefined) return true;
  const gateway = { file: resource.origin.source.name, range: rangeOf(resource.origin) };
  return [diagnostic, ...diagnostic.related].some(
    ({ file, range }) => range !== null && file === gateway.file && contains(gateway.range, range),
  );
}

function contains(outer: Range, inner: Range): boolean {
  return !isBefore(inner.start, outer.start) && !isBefore(outer.end, inner.end);
}

function isBefore(a: Range['start'], b: Range['start']): boolean {
  return a.line < b.line || (a.line === b.line && a.column < b.column);
}
