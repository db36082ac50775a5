import { expect, test } from 'vitest';
import { diagnose } from '../../src/base/diagnostic.ts';
import { SourceText } from '../../src/base/span.ts';
import { renderPretty } from '../../src/reporters/pretty.ts';
import type { Painter } from '../../src/reporters/reporter.ts';
import { findings, options, portInvalid } from './findings.ts';

test('shows source lines, related places and hints, and sums up', () => {
  expect(renderPretty(findings, options)).toBe(`info  AGW6025  Logs go nowhere.
  rule: no-diagnostic-settings

infra/azuredeploy.json:3:5  warning  AGW2004  Listener 'blog' has no request routing rule; its requests go nowhere.
    3 |     {
      |     ^
  rule: listener-without-rule

infra/azuredeploy.json:5:2  error  AGW5024  Frontend port 'http' is 0; "1" to <64999> & no other.
    5 | \t"port": 0
      | \t^^^^^^^^^
  infra/azuredeploy.json:4:15  Gateway 'gw' is here.
    4 |       "name": "gw",
      |               ^^^^
  Somewhere else.
  hint: Take 80, or 443.
  rule: frontend-port-invalid (Azure: InvalidPort)

1 error, 1 warning, 1 info in 2 files
`);
});

test('says what Azure would say', () => {
  const azureMessage = 'Port specified for FrontendPort gw/http is not valid.';
  const text = renderPretty([{ ...portInvalid, azureMessage }], options);
  expect(text).toContain(
    '  azure: Port specified for FrontendPort gw/http is not valid.\n  rule: frontend-port-invalid',
  );
});

test('says when there is nothing', () => {
  expect(renderPretty([], options)).toBe('No findings in 2 files\n');
});

test('colours by an injected painter', () => {
  const tag = (name: string) => (text: string) => `<${name}>${text}</${name}>`;
  const painter: Painter = {
    error: tag('e'),
    warning: tag('w'),
    info: tag('i'),
    faint: tag('f'),
    strong: tag('s'),
  };
  const text = renderPretty([portInvalid], { ...options, painter });
  expect(text).toContain('<e>error</e>');
  expect(text).toContain('<e>^^^^^^^^^</e>');
  expect(text).toContain('<s>1 error in 2 files</s>');
});

test('cuts long lines around the place', () => {
  const long = new SourceText('long.json', `{ "data": "${'x'.repeat(500)}", "port": 0 }`);
  const offset = long.text.indexOf('"port"');
  const finding = diagnose(
    { code: 'AGW1', rule: 'r', severity: 'error' },
    { message: 'M.', span: { source: long, offset, length: 9 } },
  );
  const lines = renderPretty([finding], { ...options, sources: new Map([['long.json', long]]) }).split('\n');
  const excerpt = lines[1] ?? '';
  expect(excerpt).toContain('…');
  expect(excerpt.length).toBeLessThan(140);
  expect(excerpt.indexOf('"port"')).toBe((lines[2] ?? '').indexOf('^'));
});

test('does not show passwords and certificates', () => {
  const secret = new SourceText('s.json', '{ "password": "hunter2", "data": "MIIKcQ", "name": "site" }');
  const finding = diagnose(
    { code: 'AGW1', rule: 'r', severity: 'error' },
    { message: 'M.', span: { source: secret, offset: 2, length: 10 } },
  );
  const text = renderPretty([finding], { ...options, sources: new Map([['s.json', secret]]) });
  expect(text).not.toMatch(/hunter2|MIIKcQ/);
  expect(text).toContain('"password": "*******", "data": "******", "name": "site"');
});
