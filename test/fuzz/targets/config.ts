import { SourceText } from '../../../src/base/span.ts';
import { parseConfig } from '../../../src/input/parse-config.ts';
import { checkFindings } from '../findings-in-order.ts';
import { mutatedText } from '../mutated-text.ts';
import { defineTarget, pure } from '../target.ts';

const texts = [
  'parameters: [a.json, { b: 1 }]\nlisten: { all: 0 }\nbackends: { web: "127.0.0.1:1", a/10.0.0.4: { file: x } }\n',
  'lint:\n  rules: { listener-without-rule: off }\n  ignore:\n    - { rule: a, reason: b }\nfailOn: warning\n',
  'behaviour: { pathOrder: exactFirst, allowUnderscore: true }\ndeployment: { scope: resourceGroup }\nsecrets: { v/s: x }\n',
  'references: { "/subscriptions/a": { b: 1 } }\nhosts: { a.test: [127.0.0.1] }\ncertificates: { a: b.pfx }\nadmin: "off"\n',
];

const words = [
  '&a [*a, *a]',
  '*a',
  '<<: *a',
  '!!binary a',
  '? a\n: b\n',
  '---\n',
  '- ',
  ': ',
  '{',
  ']',
  '"',
  '\n',
  '\t',
];

export const config = defineTarget({
  name: 'config',
  holds: 'an agate.yaml is read, and what is wrong with it is said at its place',
  inputs: mutatedText(texts, [...words, '__proto__: {}', '.nan', '1e999', 'null', 'on', '-1', '[]', '{}']),
  open: pure((text) => {
    const { diagnostics } = parseConfig(new SourceText('agate.yaml', text));
    checkFindings(diagnostics, text);
  }),
});
