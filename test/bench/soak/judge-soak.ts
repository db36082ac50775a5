import type { Soak } from './run-soak.ts';

const megabytesAdded = 5;

/** One thing that the soak has to show. */
export interface Verdict {
  readonly what: string;
  readonly figure: string;
  readonly measured: string;
  readonly isMet: boolean;
}

/** Compares a soak with what a gateway that runs for long has to hold. */
export function judgeSoak({ before, slices }: Soak): readonly Verdict[] {
  const wrong = slices.reduce((sum, { answers }) => sum + answers.wrong, 0);
  const examples = slices.flatMap(({ answers }) => answers.examples);
  const last = slices.at(-1);
  const added = (last?.live ?? Number.NaN) - (slices.at(-2)?.live ?? Number.NaN);
  const leaked = last === undefined ? ['nothing was measured'] : moreThan(before, last.handles);
  return [
    {
      what: 'Wrong answers',
      figure: '0',
      measured: [String(wrong), ...examples.slice(0, 10)].join('; '),
      isMet: wrong === 0,
    },
    {
      what: `Memory that the last ${last?.requests ?? 0} requests add`,
      figure: `< ${megabytesAdded} MB`,
      measured: `${added.toFixed(2)} MB`,
      isMet: added < megabytesAdded,
    },
    {
      what: 'Handles that were not open before',
      figure: 'none',
      measured: leaked.length === 0 ? 'none' : leaked.join(', '),
      isMet: leaked.length === 0,
    },
  ];
}

function moreThan(before: Soak['before'], after: Soak['before']): string[] {
  return Object.entries(after)
    .filter(([type, count]) => count > (before[type] ?? 0))
    .map(([type, count]) => `${count - (before[type] ?? 0)} ${type}`);
}
