import { expect, test } from 'vitest';
import type { Fix } from '../../src/base/fix.ts';
import { SourceText } from '../../src/base/span.ts';
import { renderSarif } from '../../src/reporters/sarif.ts';
import { findings, options, portInvalid, spanOf } from './findings.ts';

interface Sarif {
  readonly $schema: string;
  readonly version: string;
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly name: string; readonly rules: readonly { readonly id: string }[] } };
    readonly artifacts: readonly { readonly location: { readonly uri: string } }[];
    readonly results: readonly Result[];
  }[];
}

interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly Location[];
  readonly relatedLocations?: readonly Location[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly fixes?: readonly unknown[];
  readonly properties: Readonly<Record<string, string>>;
}

interface Location {
  readonly physicalLocation: {
    readonly artifactLocation: { readonly uri: string };
    readonly region: {
      readonly startLine: number;
      readonly startColumn: number;
      readonly endLine: number;
      readonly endColumn: number;
    };
  };
}

function render(found = findings): Sarif {
  return JSON.parse(renderSarif(found, options));
}

function resultsOf(sarif: Sarif): readonly Result[] {
  return sarif.runs[0]?.results ?? [];
}

test('has what the schema requires', () => {
  // https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json
  const sarif = render();
  expect(sarif.version).toBe('2.1.0');
  expect(sarif.$schema).toMatch(/sarif-schema-2\.1\.0\.json$/);
  const [run] = sarif.runs;
  expect(run?.tool.driver.name).toBe('agate');
  for (const result of resultsOf(sarif)) {
    expect(result.message.text).not.toBe('');
    expect(['none', 'note', 'warning', 'error']).toContain(result.level);
    expect(run?.tool.driver.rules[result.ruleIndex]?.id).toBe(result.ruleId);
    expect(Object.values(result.partialFingerprints).every((value) => /^[0-9a-f]{32}$/.test(value))).toBe(true);
    for (const { physicalLocation } of [...result.locations, ...(result.relatedLocations ?? [])]) {
      const { region, artifactLocation } = physicalLocation;
      expect(artifactLocation.uri).not.toBe('');
      expect(Math.min(region.startLine, region.startColumn, region.endLine, region.endColumn)).toBeGreaterThan(0);
    }
  }
});

test('lists each rule once, those without metadata too', () => {
  const ids = render([...findings, ...findings]).runs[0]?.tool.driver.rules.map(({ id }) => id);
  expect(ids).toEqual(['AGW6025', 'AGW2004', 'AGW5024']);
});

test('gives every result a place, as code scanning demands', () => {
  for (const { locations } of resultsOf(render())) expect(locations).toHaveLength(1);
});

test('leads to related places, without those that are nowhere', () => {
  const [result] = resultsOf(render([portInvalid]));
  expect(result?.relatedLocations).toHaveLength(1);
  expect(result?.relatedLocations?.[0]?.physicalLocation.region.startLine).toBe(4);
});

test('carries code and words of Azure', () => {
  const [plain, told] = resultsOf(render([portInvalid, { ...portInvalid, azureMessage: 'Not valid.' }]));
  expect(plain?.properties).toEqual({ rule: 'frontend-port-invalid', azureCode: 'InvalidPort' });
  expect(told?.properties).toMatchObject({ azureCode: 'InvalidPort', azureMessage: 'Not valid.' });
});

test('keeps fingerprints when lines move', () => {
  const [before] = resultsOf(render([portInvalid]));
  const start = { line: 50, column: 1 };
  const [after] = resultsOf(render([{ ...portInvalid, range: { start, end: start } }]));
  expect(after?.partialFingerprints).toEqual(before?.partialFingerprints);
});

test('tells alike findings apart', () => {
  const prints = resultsOf(render([portInvalid, portInvalid])).map(
    ({ partialFingerprints }) => partialFingerprints['agate/v1'],
  );
  expect(new Set(prints).size).toBe(2);
});

const fix: Fix = {
  title: 'Write 80.',
  reach: 'value',
  edits: [{ file: 'infra/azuredeploy.json', offset: spanOf('0\n').offset, length: 1, text: '80' }],
};

test('proposes what --fix would write, at its place', () => {
  const [result] = resultsOf(render([{ ...portInvalid, fix }]));
  const region = { startLine: 5, startColumn: 10, endLine: 5, endColumn: 11 };
  expect(result?.fixes).toEqual([
    {
      description: { text: 'Write 80.' },
      artifactChanges: [
        {
          artifactLocation: { uri: 'infra/azuredeploy.json' },
          replacements: [{ deletedRegion: region, insertedContent: { text: '80' } }],
        },
      ],
    },
  ]);
});

test('counts columns behind a byte order mark, and proposes nothing for the mark itself', () => {
  const marked = new SourceText('marked.json', '\uFEFF{ "a": 1, }');
  const comma: Fix = { title: 'Remove the comma.', reach: 'text', edits: [edit(marked, 8, 1)] };
  const mark: Fix = { title: 'Remove the mark.', reach: 'text', edits: [edit(marked, -1, 1)] };
  const found = [comma, mark].map((each) => ({ ...portInvalid, fix: each }));
  const sources = new Map([[marked.name, marked]]);
  const results = resultsOf(JSON.parse(renderSarif(found, { ...options, sources })));
  const [change] = results.flatMap(({ fixes = [] }) => fixes);
  expect(change).toMatchObject({
    artifactChanges: [
      { replacements: [{ deletedRegion: { startLine: 1, startColumn: 9, endLine: 1, endColumn: 10 } }] },
    ],
  });
  expect(results.filter(({ fixes }) => fixes !== undefined)).toHaveLength(1);
});

test.each([
  ['in a variable, which others may use', '{ "variables": { "port": 0 } }', 25],
  ['across lines', '{ "a":\n0 }', 6],
])('proposes nothing for what --fix leaves alone: a value %s', (_, text, offset) => {
  const file = new SourceText('a.json', text);
  const unsafe: Fix = { title: 'Write 1.', reach: 'value', edits: [edit(file, offset, 2)] };
  const found = [{ ...portInvalid, fix: unsafe }];
  const [result] = resultsOf(JSON.parse(renderSarif(found, { ...options, sources: new Map([['a.json', file]]) })));
  expect(result).not.toHaveProperty('fixes');
});

function edit({ name: file }: SourceText, offset: number, length: number) {
  return { file, offset, length, text: '' };
}
