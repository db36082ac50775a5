import { SourceText } from '../../../src/base/span.ts';
import { parseTestFile } from '../../../src/smoke/format/parse-test-file.ts';
import { textsBelow } from '../corpus.ts';
import { checkFindings } from '../findings-in-order.ts';
import { mutatedText } from '../mutated-text.ts';
import { defineTarget, pure } from '../target.ts';

const words = [
  'tests:\n',
  '  - name: a\n',
  'request: { url: "http://a/" }',
  'expect: { status: 200 }',
  'headers: { a: /^b/ }',
  'repeat: 10',
  'given: { down: [a/b] }',
  'websocket: { url: "wss://a/" }',
  '/(/',
  '/(a+)+$/',
  '$' + '{a}',
  '&a [*a, *a]',
  '*a',
  '<<: *a',
  '!!binary a',
  '!!js/function a',
  '? a\n: b\n',
  '---\n',
  '|\n  a\n',
  '- ',
  ': ',
  '{',
  ']',
  '"',
  "'",
  '\t',
  '\n',
  '__proto__: {}',
  '.nan',
  '1e999',
  '2026-01-01',
  'null',
];

export const testFile = defineTarget({
  name: 'test-file',
  holds: 'a test file is read, or what is wrong with it is said at its place',
  inputs: mutatedText([...textsBelow('fixtures', '.test.yaml'), ...textsBelow('docs', 'test-files.md')], words),
  open: pure((text) => {
    const { file, diagnostics } = parseTestFile(new SourceText('a.test.yaml', text));
    if (file === undefined && diagnostics.length === 0) throw new Error('Neither tests nor findings.');
    checkFindings(diagnostics, text);
  }),
});
