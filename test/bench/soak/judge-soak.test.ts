import { expect, test } from 'vitest';
import { judgeSoak } from './judge-soak.ts';
import { renderSoak } from './render-soak.ts';
import type { Answers, Slice } from './run-soak.ts';

const answers: Answers = { right: 90, broken: 3, refused: 4, aborted: 2, wrong: 0, examples: [], seconds: 1 };
const slice: Slice = { requests: 100, answers, deployments: 2, live: 20, resident: 80, handles: { TCPServerWrap: 1 } };
const before = { TCPServerWrap: 1, Timeout: 2 };

test('a soak that leaves nothing behind meets everything', () => {
  const verdicts = judgeSoak({ before, slices: [slice, { ...slice, live: 21.5 }] });
  expect(verdicts.map(({ measured, isMet }) => [measured, isMet])).toEqual([
    ['0', true],
    ['1.50 MB', true],
    ['none', true],
  ]);
});

test('wrong answers, memory and handles that stay are told', () => {
  const wrong = { ...answers, wrong: 1, examples: ["/sound/7: 200 '/sound/8'"] };
  const last = { ...slice, live: 26, answers: wrong, handles: { TCPServerWrap: 1, TCPSocketWrap: 3 } };
  const verdicts = judgeSoak({ before, slices: [slice, last] });
  expect(verdicts.map(({ measured, isMet }) => [measured, isMet])).toEqual([
    ["1; /sound/7: 200 '/sound/8'", false],
    ['6.00 MB', false],
    ['3 TCPSocketWrap', false],
  ]);
});

test('a soak of one slice shows nothing about memory, and does not say it does', () => {
  expect(judgeSoak({ before, slices: [slice] })[1]?.isMet).toBe(false);
});

test('the table has a line a slice', () => {
  const soak = { before, slices: [slice, slice] };
  const text = renderSoak(soak, judgeSoak(soak));
  expect(text.split('\n').slice(0, 5)).toEqual([
    'Requests  Right  Broken off  502  Aborted  Wrong  Deployments  Live MB  Resident MB',
    '     100     90           3    4        2      0            2     20.0         80.0',
    '     100     90           3    4        2      0            2     20.0         80.0',
    '',
    'met      Wrong answers: 0 (0)',
  ]);
});
