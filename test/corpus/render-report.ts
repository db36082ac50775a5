import path from 'node:path';
import type { Diagnostic } from '../../src/base/diagnostic.ts';
import type { EntryOutcome, StageResult } from './outcome.ts';
import { runs, stages } from './outcome.ts';

/** One line about an entry. */
export function renderEntry(outcome: EntryOutcome): string {
  const { entry, results, rules, hidden, standIns, otherErrors, reason } = outcome;
  const verdict = runs(outcome) ? 'ok  ' : entry.valid === 'yes' ? 'FAIL' : 'no  ';
  const remarks = [
    ...(results.starts === 'passed' ? [`${rules.answered} of ${rules.total} rules`] : []),
    ...(hidden.length > 0 ? [count(hidden.length, 'hidden rule')] : []),
    ...(standIns > 0 ? [count(standIns, 'stand-in')] : []),
    ...(otherErrors.length > 0 ? [count(otherErrors.length, 'other error')] : []),
  ];
  const steps = stages.map((stage) => marks[results[stage]](stage)).join(' ');
  const rest = [steps, ...(remarks.length > 0 ? [`(${remarks.join(', ')})`] : [])].join(' ');
  return `${verdict} ${entry.name} [${entry.kind}, valid: ${entry.valid}] ${rest}${reason === null ? '' : `: ${reason}`}`;
}

const marks: Readonly<Record<StageResult, (stage: string) => string>> = {
  passed: (stage) => stage,
  failed: (stage) => `!${stage}`,
  'not tried': () => '-',
};

/** A finding in one line. */
export function renderFinding({ code, message, file, range }: Diagnostic): string {
  const place = range === null ? '' : ` ${path.basename(file ?? '')}:${range.start.line}`;
  return `${code}${place}: ${message}`;
}

/** How many entries got how far; the last line is for machines. */
export function renderTotals(outcomes: readonly EntryOutcome[], seconds: number): string {
  const valid = outcomes.filter(({ entry }) => entry.valid === 'yes');
  const rows = stages.map((stage) => {
    const reached = (among: readonly EntryOutcome[]) =>
      among.filter(({ results }) => results[stage] === 'passed').length;
    return `${stage.padEnd(10)} ${reached(outcomes)} of ${outcomes.length} (valid ones: ${reached(valid)} of ${valid.length})`;
  });
  const sum = (pick: (outcome: EntryOutcome) => number) =>
    outcomes.reduce((total, outcome) => total + pick(outcome), 0);
  return [
    '',
    ...rows,
    `${'rules'.padEnd(10)} ${sum(({ rules }) => rules.answered)} of ${sum(({ rules }) => rules.total)} answered, ${sum(({ hidden }) => hidden.length)} hidden by others`,
    `${'stand-ins'.padEnd(10)} ${sum(({ standIns }) => standIns)} parameters in ${outcomes.filter(({ standIns }) => standIns > 0).length} entries`,
    `${'time'.padEnd(10)} ${seconds.toFixed(1)} s`,
    `corpus: ${valid.filter(runs).length} of ${valid.length} valid entries run`,
    '',
  ].join('\n');
}

function count(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? '' : 's'}`;
}
