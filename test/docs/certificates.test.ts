import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { SourceText } from '../../src/base/span.ts';
import { certificateSettings } from '../../src/cli/certificate-settings.ts';
import { parseConfig } from '../../src/input/parse-config.ts';
import { parseTestFile } from '../../src/smoke/format/parse-test-file.ts';

const page = readFileSync(new URL('../../docs/certificates.md', import.meta.url), 'utf8');
const examples = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = '']) => text);

test('the examples of agate.yaml on the page are right', () => {
  const configs = examples.filter((text) => !text.startsWith('tests:'));
  expect(configs).toHaveLength(3);
  for (const text of configs) {
    const config = parseConfig(new SourceText('agate.yaml', text));
    expect(config.diagnostics).toEqual([]);
    expect(() => certificateSettings(undefined, { values: config.values, folder: '.' }, {})).not.toThrow();
  }
});

test('the test file on the page is right', () => {
  const files = examples.filter((text) => text.startsWith('tests:'));
  expect(files).toHaveLength(1);
  for (const text of files) expect(parseTestFile(new SourceText('a.test.yaml', text)).diagnostics).toEqual([]);
});
