import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { CaseInsensitiveMap } from '../../src/base/case-insensitive-map.ts';
import { SourceText } from '../../src/base/span.ts';
import { lintDocument } from '../../src/lint/lint-template.ts';
import { stoppedClock } from './lint-text.ts';

const example = readFileSync(path.join(import.meta.dirname, '../../fixtures/example/azuredeploy.json'), 'utf8');

function lintWith(key: string, ...replacements: readonly (readonly [text: string, by: string])[]) {
  const parameter = `"key": { "type": "secureString", "defaultValue": ${JSON.stringify(key)} }, "capacity": {`;
  const text = replacements.reduce(
    (rest, [from, to]) => rest.replace(from, to),
    example.replace('"capacity": {', parameter),
  );
  const options = { parameters: new CaseInsensitiveMap<never>(), context: {}, clock: stoppedClock };
  const input = { document: new SourceText('azuredeploy.json', text), ...options, standIns: true, placeholders: true };
  return lintDocument(input).diagnostics.map(({ message, hint, azureMessage, related }) =>
    JSON.stringify([message, hint, azureMessage, related]),
  );
}

const key = 'correct-horse';

// Findings end up in the logs of pipelines and in reports that are kept.
test.each([
  ['"requestTimeout": 30,', `"requestTimeout": 30, "hostName": "[concat(parameters('key'), '.example')]",`],
  ['"name": "headers"', `"name": "[concat(parameters('key'), ' !')]"`],
  ['"redirectType": "Permanent"', `"redirectType": "[parameters('key')]"`],
  ['"ruleType": "Basic"', `"ruleType": "[parameters('key')]"`],
  ["'/httpListeners/blog'", `'/httpListeners/', parameters('key')`],
  ['"port": 8080', `"port": "[parameters('key')]"`],
])('a secret that stands for %s is in no finding', (from, to) => {
  const findings = lintWith(key, [from, to]);
  expect(findings.filter((finding) => finding.includes(key))).toEqual([]);
  expect(findings.join('\n')).toContain('[redacted]');
});

test('texts of three characters are too common to be taken out of findings', () => {
  const hostName = ['"requestTimeout": 30,', `"requestTimeout": 30, "hostName": "[parameters('key')]",`] as const;
  expect(lintWith('web', hostName).join('\n')).toContain("send 'web'");
});

// What stands in for a password may read 'password', as the parameter itself does.
test('what stands in for a secret that nobody gave is none', () => {
  const withoutValue = example
    .replace('"capacity": {', '"password": { "type": "secureString" }, "capacity": {')
    .replace('"requestTimeout": 30,', `"requestTimeout": 30, "affinityCookieName": "[parameters('password')]",`);
  const options = { parameters: new CaseInsensitiveMap<never>(), context: {}, clock: stoppedClock };
  const input = { document: new SourceText('a.json', withoutValue), ...options, standIns: true, placeholders: true };
  const messages = lintDocument(input).diagnostics.map(({ message }) => message);
  expect(messages).toContain("The parameter 'password' has no value; a made-up secret stands in for it.");
});
