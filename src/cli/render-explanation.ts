import type { Explanation } from '../routing/explain.ts';
import type { DecisionStep } from '../routing/route.ts';
import type { Io } from './io.ts';
import { painterFor } from './painter.ts';

const marks: Readonly<Record<DecisionStep['outcome'], string>> = {
  next: '→',
  respond: '■',
  reroute: '↻',
  'passed over': '·',
};

/** An explanation for people: where the request goes, then each step with its reason. */
export function renderExplanation(explanation: Explanation, io: Io): string {
  const painter = painterFor(io.stdout, io.env);
  const { redirect } = explanation;
  const facts: readonly (readonly [string, string | null])[] = [
    ['listener', explanation.listener],
    ['rule', explanation.rule],
    ['path rule', explanation.pathRule],
    ['advanced rule', explanation.advancedRoutingRule ?? null],
    ['redirect', redirect && `${redirect.status} ${redirect.location}`],
    ['pool', explanation.pool],
    ['settings', explanation.settings],
    ['sent to', explanation.backendUrl],
    ['answer', redirect || explanation.status === null ? null : String(explanation.status)],
  ];
  const known = facts.filter((fact): fact is readonly [string, string] => fact[1] !== null);
  const width = Math.max('path rule'.length, ...known.map(([name]) => name.length));
  const summary = known.map(([name, value]) => `${painter.faint(name.padEnd(width))}  ${painter.strong(value)}`);
  const steps = shortenRuns(explanation.steps).map(({ stage, outcome, why }) => {
    const line = `${marks[outcome]} ${stage.padEnd(8)}  ${why}`;
    return outcome === 'passed over' ? painter.faint(line) : line;
  });
  const headers = Object.entries(explanation.requestHeaders ?? {}).map(
    ([name, value]) => `  ${painter.faint(`${name}:`)} ${value}`,
  );
  const received = headers.length === 0 ? [] : ['', 'The backend receives', ...headers];
  return [...summary, '', ...steps, ...received].join('\n');
}

/** Candidates in a row that did not fit; what is between the first and the last of many is left out. */
const shownOfRun = { first: 3, last: 3 } as const;

function shortenRuns(steps: readonly DecisionStep[]): DecisionStep[] {
  const shortened: DecisionStep[] = [];
  for (let start = 0; start < steps.length; ) {
    const run = runFrom(steps, start);
    shortened.push(...shortenRun(run));
    start += run.length;
  }
  return shortened;
}

/** The steps from one on that are passed over in the same stage, or that step alone. */
function runFrom(steps: readonly DecisionStep[], start: number): readonly DecisionStep[] {
  const first = steps[start];
  let end = start + 1;
  while (
    first?.outcome === 'passed over' &&
    steps[end]?.outcome === first.outcome &&
    steps[end]?.stage === first.stage
  ) {
    end += 1;
  }
  return steps.slice(start, end);
}

function shortenRun(run: readonly DecisionStep[]): readonly DecisionStep[] {
  const [step] = run;
  const hidden = run.length - shownOfRun.first - shownOfRun.last;
  if (step === undefined || hidden < 2) return run;
  const why = `… ${hidden} more did not fit; --format json lists them all.`;
  return [...run.slice(0, shownOfRun.first), { ...step, why }, ...run.slice(-shownOfRun.last)];
}
