import { sameName } from '../base/case-insensitive-map.ts';
import type { Diagnostic, DiagnosticKind } from '../base/diagnostic.ts';
import { diagnose } from '../base/diagnostic.ts';
import { relativePath } from '../base/relative-path.ts';
import type { Span } from '../base/span.ts';
import { matchesGlob } from './glob.ts';
import { isKnownRule, suggestRule } from './known-rules.ts';

/** A finding that is meant to be, and why. */
export interface Ignore {
  /** Id or code of the rule. */
  readonly rule: string;
  readonly reason: string;
  /** Only findings at this path of the resource or below, as `properties.httpListeners[0]`. */
  readonly path?: string | undefined;
  /** Only findings in files of this pattern. */
  readonly files?: string | undefined;
  /** The folder from which that pattern starts; the current one unless given. */
  readonly folder?: string | undefined;
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
  if (ignore.files !== undefined && (file === null || !matchesGlob(ignore.files, fileFrom(ignore, file)))) return false;
  return ignore.path === undefined || isAtOrBelow(path ?? '', ignore.path);
}

function fileFrom({ folder }: Ignore, file: string): string {
  return folder === undefined ? file : relativePath(folder, file);
}

function isAtOrBelow(path: string, above: string): boolean {
  return path.startsWith(above) && /^($|[.[])/.test(path.slice(above.length));
}

function describeUnused(ignore: Ignore): Diagnostic {
  const where = ignore.path === undefined ? '' : ` at '${ignore.path}'`;
  const suggestion = isKnownRule(ignore.rule) ? 'Remove the ignore.' : suggestRule(ignore.rule, 'Remove the ignore.');
  return diagnose(unusedIgnore, {
    message: `${ignore.from} ignores '${ignore.rule}'${where}, but there is no such finding. ${suggestion}`,
    span: ignore.span,
  });
}
