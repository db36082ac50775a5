import type { Verdict } from './judge-soak.ts';
import type { Slice, Soak } from './run-soak.ts';

const headings = [
  'Requests',
  'Right',
  'Broken off',
  '502',
  'Aborted',
  'Wrong',
  'Deployments',
  'Live MB',
  'Resident MB',
];

/** A line a slice, and what the whole shows. */
export function renderSoak({ slices }: Soak, verdicts: readonly Verdict[]): string {
  const lines = [headings, ...slices.map(cellsOf)];
  const widths = headings.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const table = lines.map((line) => line.map((cell, column) => cell.padStart(widths[column] ?? 0)).join('  '));
  const outcome = verdicts.map(({ what, figure, measured, isMet }) => {
    return `${isMet ? 'met    ' : 'not met'}  ${what}: ${measured} (${figure})`;
  });
  return [...table, '', ...outcome, ''].join('\n');
}

function cellsOf({ requests, answers, deployments, live, resident }: Slice): string[] {
  const { right, broken, refused, aborted, wrong } = answers;
  const counts = [requests, right, broken, refused, aborted, wrong, deployments].map(String);
  return [...counts, live.toFixed(1), resident.toFixed(1)];
}
