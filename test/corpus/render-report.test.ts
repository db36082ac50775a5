import { expect, test } from 'vitest';
import type { EntryOutcome } from './outcome.ts';
import { renderEntry, renderTotals } from './render-report.ts';

const good: EntryOutcome = {
  entry: { name: 'shop', kind: 'template', file: 'shop/azuredeploy.json', parametersFile: null, valid: 'yes' },
  results: { parses: 'passed', evaluates: 'passed', builds: 'passed', starts: 'passed', answers: 'passed' },
  rules: { answered: 3, total: 3 },
  hidden: [{ rule: 'old', hiddenBy: 'any' }],
  standIns: 2,
  otherErrors: [],
  reason: null,
};
const bad: EntryOutcome = {
  ...good,
  entry: { ...good.entry, name: 'blog' },
  results: { parses: 'passed', evaluates: 'failed', builds: 'passed', starts: 'not tried', answers: 'not tried' },
  rules: { answered: 0, total: 0 },
  hidden: [],
  standIns: 0,
  reason: "There is no function 'nope'.",
};
const doubtful: EntryOutcome = { ...bad, entry: { ...bad.entry, name: 'half', valid: 'no' } };

test.each([
  [
    good,
    'ok   shop [template, valid: yes] parses evaluates builds starts answers (3 of 3 rules, 1 hidden rule, 2 stand-ins)',
  ],
  [bad, "FAIL blog [template, valid: yes] parses !evaluates builds - -: There is no function 'nope'."],
  [doubtful, "no   half [template, valid: no] parses !evaluates builds - -: There is no function 'nope'."],
])('an entry is one line', (outcome, line) => expect(renderEntry(outcome)).toBe(line));

test('the totals end with the line that says how many valid entries run', () => {
  expect(renderTotals([good, bad, doubtful], 1.25)).toBe(
    [
      '',
      'parses     3 of 3 (valid ones: 2 of 2)',
      'evaluates  1 of 3 (valid ones: 1 of 2)',
      'builds     3 of 3 (valid ones: 2 of 2)',
      'starts     1 of 3 (valid ones: 1 of 2)',
      'answers    1 of 3 (valid ones: 1 of 2)',
      'rules      3 of 3 answered, 1 hidden by others',
      'stand-ins  2 parameters in 1 entries',
      'time       1.3 s',
      'corpus: 1 of 2 valid entries run',
      '',
    ].join('\n'),
  );
});
