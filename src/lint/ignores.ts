import { sameName } from '../base/case-insensitive-map.ts';
import type { Diagnostic, DiagnosticKind } from '../base/diagnostic.ts';
import { diagnose } from '../base/diagnostic.ts';
import { nearestName } from '../base/nearest-name.ts';
import type { Span } from '../base/span.ts';
import { matchesGlob } from './glob.ts';
import { rules } from './rules/index.ts';

/** A finding that is meant to be, and why. */
export interface Ignore {
  /** Id or code of the rule. */
  readonly rule: string;
  readonly reason: string;
  /** Only findings at this path of the resource or below, as `properties.httpListeners[0]`. */
  readonly path?: string | undefined;
  /** Only findings in files of this pattern. */
  readonly files?: string | undefined;
  /** Where the ignore stands, when that is known. */
  readonly span?: Span | undefined;
  /** Where the ignore stands, in words: `agate.yaml`. */
  readonly from: string;
}

const unusedIgnore: DiagnosticKind = { code: 'AGW0003', rule: 'unused-ignore', severity: 'warning' };

/** Leaves out the findings that are ignored, and adds one for each ignore that fits none. */
export function applyIgnores(diagnostics: readonly Diagnostic[], ignores: readonly Ignore[]): readonly Diagnostic[] {
  const used = new Set<Ignore>();
  const kept = diagnostics.filter((diagnostic) => {
    const fitting = ignores.filter((ignore) => fits(ignore, diagnostic));
    for (const ignore of fitting) used.add(ignore);
    return fitting.length === 0;
  });
  const unused = ignores.filter((ignore) => !used.has(ignore));
  return [...kept, ...unused.map(describeUnused)];
}

function fits(ignore: Ignore, { rule, code, path, file }: Diagnostic): boolean {
  if (!sameName(ignore.rule, rule) && !sameName(ignore.rule, code)) return false;
  if (ignore.files !== undefined && (file === null || !matchesGlob(ignore.files, file))) return false;
  return ignore.path === undefined || isAtOrBelow(path ?? '', ignore.path);
}

function isAtOrBelow(path: string, above: string): boolean {
  return path.startsWith(above) && /^($|[.[])/.test(path.slice(above.length));
}

function describeUnused(ignore: Ignore): Diagnostic {
  const where = ignore.path === undefined ? '' : ` at '${ignore.path}'`;
  const nearest = isKnown(ignore.rule)
    ? undefined
    : nearestName(
        ignore.rule,
        rules.map(({ id }) => id),
      );
  const suggestion = nearest === undefined ? 'Remove the ignore.' : `Did you mean '${nearest}'?`;
  return diagnose(unusedIgnore, {
    message: `${ignore.from} ignores '${ignore.rule}'${where}, but there is no such finding. ${suggestion}`,
    span: ignore.span,
  });
}

function isKnown(rule: string): boolean {
  return rules.some(({ id, code }) => sameName(id, rule) || sameName(code, rule));
}
