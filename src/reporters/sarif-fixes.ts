import type { Diagnostic } from '../base/diagnostic.ts';
import type { TextEdit } from '../base/fix.ts';
import { rangeOf, SourceText } from '../base/span.ts';
import { isSafeFix } from '../lint/mend/mend-text.ts';
import type { ReporterOptions } from './reporter.ts';
import { sarifRegion } from './sarif-region.ts';
import { fileUri } from './uri.ts';

/**
 * What `agate lint --fix` would do about a finding, as SARIF proposes changes (§3.55); nothing where it would do nothing.
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/sarif-v2.1.0-os.html#_Toc34317881
 */
export function sarifFixes({ fix }: Diagnostic, { sources }: ReporterOptions) {
  const [first] = fix?.edits ?? [];
  const source = first === undefined ? undefined : sources.get(first.file);
  if (fix === undefined || source === undefined) return {};
  // Offsets start behind a byte order mark, and so do the lines and columns of SARIF: the mark itself cannot be named.
  const text = new SourceText(source.name, source.text.replace(/^\uFEFF/, ''));
  if (!isSafeFix(fix, text.name, text.text) || fix.edits.some(({ offset }) => offset < 0)) return {};
  const replacements = fix.edits.map((edit) => replacementOf(edit, text));
  const change = { artifactLocation: { uri: fileUri(source.name) }, replacements };
  return { fixes: [{ description: { text: fix.title }, artifactChanges: [change] }] };
}

function replacementOf({ offset, length, text }: TextEdit, source: SourceText) {
  return { deletedRegion: sarifRegion(rangeOf({ source, offset, length })), insertedContent: { text } };
}
