import type { Diagnostic } from '../base/diagnostic.ts';
import type { SourceText } from '../base/span.ts';
import { mendDocument } from '../lint/mend/mend-document.ts';
import { unifiedDiff } from '../lint/mend/unified-diff.ts';
import type { LintOptions } from './commands/lint.ts';
import { writeMended } from './write-mended.ts';

export interface MendedTemplate {
  /** The text as it is now, or as it would be. */
  readonly source: SourceText;
  readonly mended: readonly Diagnostic[];
  readonly diff: string;
}

/** Mends a template and writes it back, unless it is only to be shown. What Bicep was compiled to is not ours to mend. */
export async function mendTemplate(
  template: string,
  original: SourceText,
  check: (source: SourceText) => readonly Diagnostic[],
  { dryRun }: LintOptions,
): Promise<MendedTemplate> {
  if (/\.bicep$/i.test(template)) return { source: original, mended: [], diff: '' };
  const { source, mended } = mendDocument(original, check);
  const diff = unifiedDiff(original.name, original.text, source.text);
  if (diff !== '' && !dryRun) await writeMended(template, original.text, source.text);
  return { source, mended, diff };
}
