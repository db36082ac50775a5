import type { RowResult } from './row.ts';

/** One block a row: what was promised and reached, then the peers and what else one has to know. */
export function renderTable(results: readonly RowResult[]): string {
  const headings = ['', 'What', 'Figure to reach', 'Measured'];
  const lines = results.map((result) => [
    verdictOf(result),
    result.row.what,
    result.row.figure,
    result.kind === 'measured' ? result.measured : 'could not be measured',
  ]);
  const widths = headings.map((_, column) =>
    Math.max(...[headings, ...lines].map((line) => line[column]?.length ?? 0)),
  );
  const render = (line: readonly string[]) => {
    return line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  };
  const rule = widths.map((width) => '─'.repeat(width)).join('  ');
  const details = results.map((result) =>
    detailsOf(result).map((text) => `${' '.repeat((widths[0] ?? 0) + 2)}${text}`),
  );
  const body = lines.flatMap((line, index) => [render(line), ...(details[index] ?? [])]);
  return [render(headings), rule, ...body, ''].join('\n');
}

export function verdictOf(result: RowResult): 'met' | 'not met' | 'failed' {
  if (result.kind === 'failed') return 'failed';
  return result.isMet ? 'met' : 'not met';
}

function detailsOf(result: RowResult): string[] {
  if (result.kind === 'failed') return [result.reason];
  const peers = result.peers.map(({ name, measured }) => `${name}: ${measured}`).join('; ');
  return [...(peers === '' ? [] : [`peers: ${peers}`]), ...result.notes];
}

/** The same as a page for people who did not run it. */
export function renderMarkdown(results: readonly RowResult[], machine: string): string {
  const lines = results.map((result) => {
    const measured = result.kind === 'measured' ? result.measured : 'could not be measured';
    const cells = [result.row.what, result.row.figure, measured, verdictOf(result), detailsOf(result).join('<br>')];
    return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  });
  const headings = ['| What | Figure to reach | Measured | | Peers and notes |', '| --- | --- | --- | --- | --- |'];
  return [...headings, ...lines, '', `${machine}.`, ''].join('\n');
}

/** The same for machines. */
export function renderJson(results: readonly RowResult[], machine: string): string {
  const rows = results.map((result) => {
    const { row, ...outcome } = result;
    return { name: row.name, what: row.what, figure: row.figure, verdict: verdictOf(result), ...outcome };
  });
  return `${JSON.stringify({ machine, rows }, null, 2)}\n`;
}
