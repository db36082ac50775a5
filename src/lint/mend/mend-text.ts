import type { Diagnostic } from '../../base/diagnostic.ts';
import type { Fix, TextEdit } from '../../base/fix.ts';
import type { SourceText } from '../../base/span.ts';
import { pathAt } from '../../template/json/path-at.ts';

export interface MendedText {
  readonly text: string;
  /** The findings that were mended. */
  readonly mended: readonly Diagnostic[];
}

/**
 * Applies the fixes of findings to the text they were found in. A fix that overlaps an earlier one waits for the next
 * time; of two that want different text in one place, neither is safe.
 */
export function mendText(source: SourceText, diagnostics: readonly Diagnostic[]): MendedText {
  const hasMark = source.text.startsWith('\uFEFF');
  const text = hasMark ? source.text.slice(1) : source.text;
  const fixable = diagnostics.filter(({ fix }) => fix !== undefined && isSafeFix(fix, source.name, text));
  const disputed = disputedPlaces(fixable.flatMap(editsOf));
  const accepted: TextEdit[] = [];
  const mended: Diagnostic[] = [];
  for (const finding of fixable.toSorted((a, b) => firstOffset(a) - firstOffset(b))) {
    const edits = editsOf(finding);
    if (edits.some((edit) => disputed.has(placeOf(edit)) || accepted.some((other) => collides(edit, other)))) continue;
    accepted.push(...edits.filter((edit) => !accepted.some((other) => isSame(edit, other))));
    mended.push(finding);
  }
  return { text: applyEdits(source.text, accepted, hasMark ? 1 : 0), mended };
}

/**
 * Whether a fix stays within this file and its lines, and changes nothing that may be used elsewhere.
 *
 * @param text the file's text behind its byte order mark
 */
export function isSafeFix({ edits, reach }: Fix, file: string, text: string): boolean {
  return edits.every((edit) => {
    const changed = text.slice(Math.max(edit.offset, 0), edit.offset + edit.length) + edit.text;
    if (edit.file !== file || /[\r\n]/.test(changed)) return false;
    return reach === 'text' || isInsideResource(text, edit.offset);
  });
}

const sharedSections = new Set(['functions', 'outputs', 'parameters', 'variables']);

function isInsideResource(text: string, offset: number): boolean {
  return !pathAt(text, offset).some((step) => sharedSections.has(String(step).toLowerCase()));
}

function editsOf({ fix }: Diagnostic): readonly TextEdit[] {
  return fix?.edits ?? [];
}

function firstOffset(finding: Diagnostic): number {
  return Math.min(...editsOf(finding).map(({ offset }) => offset));
}

/** Places for which there are several opinions. */
function disputedPlaces(edits: readonly TextEdit[]): ReadonlySet<string> {
  const texts = new Map<string, string>();
  const disputed = new Set<string>();
  for (const edit of edits) {
    const place = placeOf(edit);
    const text = texts.get(place);
    if (text !== undefined && text !== edit.text) disputed.add(place);
    texts.set(place, edit.text);
  }
  return disputed;
}

function placeOf({ offset, length }: TextEdit): string {
  return `${offset}+${length}`;
}

function isSame(a: TextEdit, b: TextEdit): boolean {
  return a.offset === b.offset && a.length === b.length && a.text === b.text;
}

function collides(a: TextEdit, b: TextEdit): boolean {
  if (isSame(a, b)) return false;
  return a.offset === b.offset || (a.offset < b.offset + b.length && b.offset < a.offset + a.length);
}

function applyEdits(text: string, edits: readonly TextEdit[], shift: number): string {
  const parts: string[] = [];
  let at = 0;
  for (const edit of edits.toSorted((a, b) => a.offset - b.offset)) {
    parts.push(text.slice(at, edit.offset + shift), edit.text);
    at = edit.offset + edit.length + shift;
  }
  parts.push(text.slice(at));
  return parts.join('');
}
