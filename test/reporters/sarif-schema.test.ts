import { readdir, readFile } from 'node:fs/promises';
import { Ajv } from 'ajv';
import { beforeAll, expect, test } from 'vitest';
import { lintTemplate } from '../../src/index.ts';
import { renderSarif } from '../../src/reporters/sarif.ts';
import { findings, options } from './findings.ts';

// The schema of OASIS, unchanged: https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/
const schemaFile = new URL('../../fixtures/sarif/sarif-2.1.0-rtm.5.json', import.meta.url);
const ruleFixtures = new URL('../../fixtures/rules/', import.meta.url);

let isValid: (value: unknown) => unknown;
let errors: () => unknown;

beforeAll(async () => {
  const {
    $schema: _draft4,
    id: _id,
    ...schema
  } = JSON.parse(await readFile(schemaFile, 'utf8')) as Record<string, unknown>;
  // It is of draft 4 and has a pattern that only older regular expressions allow; what it says is the same in draft 7.
  const validate = new Ajv({ strict: false, unicodeRegExp: false, validateFormats: false, allErrors: true }).compile(
    schema,
  );
  isValid = validate;
  errors = () => validate.errors;
});

function expectValid(sarif: string): void {
  const isAllRight = isValid(JSON.parse(sarif));
  expect(errors() ?? []).toEqual([]);
  expect(isAllRight).toBe(true);
}

test('the findings of every reporter test are valid SARIF 2.1.0', () => {
  expectValid(renderSarif(findings, options));
  expectValid(renderSarif([], options));
});

test('the findings of every rule, with places, related places and fixes, are valid SARIF 2.1.0', async () => {
  const all = [];
  for (const rule of await readdir(ruleFixtures)) {
    const template = new URL(`${rule}/bad.json`, ruleFixtures);
    const { diagnostics } = await lintTemplate({ template: await readFile(template, 'utf8') });
    all.push(...diagnostics);
  }
  expect(all.length).toBeGreaterThan(200);
  expectValid(renderSarif(all, options));
});

test('the schema finds what is wrong', () => {
  const sarif = JSON.parse(renderSarif(findings, options)) as { runs: { results: { level: string }[] }[] };
  for (const { results } of sarif.runs) for (const result of results) result.level = 'terrible';
  expect(isValid(sarif)).toBe(false);
});
