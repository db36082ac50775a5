/** Lines around a change. */
const contextLines = 3;

interface Hunk {
  /** Index of the first line, and of the line after the last. */
  readonly from: number;
  readonly to: number;
}

/**
 * The difference between two versions of a text as `diff -u` and `git apply` know it. Fixes leave line breaks alone, so
 * that line n of one version is line n of the other.
 *
 * @returns an empty text when there is no difference
 */
export function unifiedDiff(file: string, before: string, after: string): string {
  const [old, now] = [linesOf(before), linesOf(after)];
  const changed = old.flatMap((line, index) => (line === now[index] ? [] : [index]));
  const hunks = hunksAround(changed, old.length);
  if (hunks.length === 0) return '';
  const path = file.replaceAll('\\', '/').replace(/^\.\//, '');
  return `--- a/${path}\n+++ b/${path}\n${hunks.map((hunk) => renderHunk(hunk, old, now)).join('')}`;
}

/** Lines with their line breaks. */
function linesOf(text: string): readonly string[] {
  return text.split(/(?<=\n)/);
}

function hunksAround(changed: readonly number[], count: number): readonly Hunk[] {
  const hunks: Hunk[] = [];
  for (const index of changed) {
    const from = Math.max(index - contextLines, 0);
    const to = Math.min(index + contextLines + 1, count);
    const last = hunks.at(-1);
    if (last !== undefined && from <= last.to) hunks[hunks.length - 1] = { from: last.from, to };
    else hunks.push({ from, to });
  }
  return hunks;
}

function renderHunk({ from, to }: Hunk, old: readonly string[], now: readonly string[]): string {
  const lines: string[] = [];
  const added: string[] = [];
  for (let index = from; index < to; index++) {
    const [before = '', after = ''] = [old[index], now[index]];
    if (before === after) lines.push(...added.splice(0), renderLine(' ', before));
    else {
      lines.push(renderLine('-', before));
      added.push(renderLine('+', after));
    }
  }
  const range = `${from + 1},${to - from}`;
  return `@@ -${range} +${range} @@\n${[...lines, ...added].join('')}`;
}

function renderLine(sign: ' ' | '-' | '+', line: string): string {
  return line.endsWith('\n') ? `${sign}${line}` : `${sign}${line}\n\\ No newline at end of file\n`;
}
