import { expect, test } from 'vitest';
import { renderJson, renderMarkdown, renderTable } from './render-table.ts';
import type { Row, RowResult } from './row.ts';

const row: Row = {
  name: 'throughput',
  what: 'Throughput',
  figure: '≥ 2 × http-proxy',
  measure: () => Promise.reject(new Error('not measured in this test')),
};
const measured: RowResult = {
  kind: 'measured',
  row,
  measured: '2.10 ×',
  isMet: true,
  peers: [
    { name: 'http-proxy', measured: '2.10 ×' },
    { name: 'undici', measured: '1.05 ×' },
  ],
  notes: ['50 connections'],
  figures: { 'agate requests/s': 21000 },
};

test('the table shows what was promised and reached, the peers and the notes', () => {
  const results: RowResult[] = [
    measured,
    { ...measured, row: { ...row, what: 'Memory' }, isMet: false, peers: [], notes: [] },
    { kind: 'failed', row: { ...row, what: 'Start' }, reason: 'The gateway did not start.' },
  ];
  expect(renderTable(results)).toBe(
    [
      '         What        Figure to reach   Measured',
      '───────  ──────────  ────────────────  ─────────────────────',
      'met      Throughput  ≥ 2 × http-proxy  2.10 ×',
      '         peers: http-proxy: 2.10 ×; undici: 1.05 ×',
      '         50 connections',
      'not met  Memory      ≥ 2 × http-proxy  2.10 ×',
      'failed   Start       ≥ 2 × http-proxy  could not be measured',
      '         The gateway did not start.',
      '',
    ].join('\n'),
  );
});

test('the Markdown form is a table with the machine below it', () => {
  expect(renderMarkdown([measured], 'Node.js v20')).toBe(
    [
      '| What | Figure to reach | Measured | | Peers and notes |',
      '| --- | --- | --- | --- | --- |',
      '| Throughput | ≥ 2 × http-proxy | 2.10 × | met | peers: http-proxy: 2.10 ×; undici: 1.05 ×<br>50 connections |',
      '',
      'Node.js v20.',
      '',
    ].join('\n'),
  );
});

test('the JSON form carries the verdict and the numbers', () => {
  expect(JSON.parse(renderJson([measured], 'Node.js v20'))).toEqual({
    machine: 'Node.js v20',
    rows: [
      {
        name: 'throughput',
        what: 'Throughput',
        figure: '≥ 2 × http-proxy',
        verdict: 'met',
        kind: 'measured',
        measured: '2.10 ×',
        isMet: true,
        peers: measured.peers,
        notes: ['50 connections'],
        figures: { 'agate requests/s': 21000 },
      },
    ],
  });
});
