import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { SourceText } from '../../src/base/span.ts';
import { parseTestFile } from '../../src/smoke/format/parse-test-file.ts';
import { testFileSchema } from '../../src/smoke/format/test-file-shape.ts';
import { renderPretty } from '../../src/smoke/reports/pretty.ts';
import { runTestFile } from '../../src/smoke/run/run-test-file.ts';
import { gatewayOf, testFileOf } from '../smoke/run-fixture.ts';

const page = readFileSync(new URL('../../docs/test-files.md', import.meta.url), 'utf8');
const blocks = [...page.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, text = '']) => text);

/** A block as a whole file: parts of a test get what they leave out. */
function wholeFile(block: string): string {
  if (block.includes('tests:')) return block;
  const indented = block.replaceAll(/^(?=.)/gm, '    ');
  const request = block.startsWith('steps:') ? '' : '    request: { url: "https://shop.contoso.com/" }\n';
  return `tests:\n  - name: a\n${request}${indented}`;
}

test.each(blocks.map((block, index) => [index + 1, block] as const))('block %i of YAML is right', (_number, block) => {
  const { diagnostics } = parseTestFile(new SourceText('shop.test.yaml', wholeFile(block)));
  expect(diagnostics.map(({ message }) => message)).toEqual([]);
});

test('every key of a test file is explained', () => {
  const code = page.replaceAll(/^```\w+\n(.*?)^```$/gms, (_fence, text: string) => `\`${text.replaceAll('`', ' ')}\``);
  const explained = new Set([...code.matchAll(/`([^`]+)`/g)].flatMap(([, text = '']) => text.match(/\$?\w+/g)));
  const missing = new Set<string>();
  const visit = (part: unknown) => {
    if (typeof part !== 'object' || part === null) return;
    const { properties = {}, ...others } = part as { properties?: object };
    for (const key of Object.keys(properties)) if (!explained.has(key)) missing.add(key);
    for (const each of [...Object.values(properties), ...Object.values(others)]) visit(each);
  };
  visit(testFileSchema);
  expect([...missing]).toEqual([]);
});

test('a failure looks as the page shows it', async () => {
  const example = await readFile(new URL('../../fixtures/example/azuredeploy.json', import.meta.url), 'utf8');
  const gateway = gatewayOf(example.replace('{ "name": "images"', '{ "name": "image"'));
  const file = testFileOf(blocks[0] ?? '', 'shop.test.yaml');
  const result = await runTestFile(file, { gateway }, { selection: {}, bail: false, onRecord: () => undefined });
  const report = { version: '', template: '', files: [result], coverage: null, minimumCoverage: null };
  const timeless = (text: string) => text.replaceAll(/\d+ ms/g, 'some ms').trim();
  const [, shown = ''] = /^## What a failure looks like\n.*?^```text\n(.*?)^```$/ms.exec(page) ?? [];
  expect(timeless(renderPretty(report))).toBe(timeless(shown));
});
