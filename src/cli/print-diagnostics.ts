import type { Diagnostic } from '../base/diagnostic.ts';
import type { SourceText } from '../base/span.ts';
import { renderPretty } from '../reporters/pretty.ts';
import type { Io } from './io.ts';
import { painterFor } from './painter.ts';
import { packageVersion } from './version.ts';

/** Shows findings on stderr, for commands whose result is something else. */
export function printDiagnostics(
  diagnostics: readonly Diagnostic[],
  sources: ReadonlyMap<string, SourceText>,
  io: Io,
): void {
  if (diagnostics.length === 0) return;
  const painter = painterFor(io.stderr, io.env);
  io.stderr.write(renderPretty(diagnostics, { sources, rules: [], version: packageVersion(), painter }));
}
