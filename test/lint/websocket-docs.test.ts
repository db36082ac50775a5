import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { Diagnostic } from '../../src/base/diagnostic.ts';
import { lintTemplate } from '../../src/library/lint-template.ts';

/**
 * The listeners and rules of Azure's page about WebSocket, with all that is wrong with them there, in a gateway.
 * https://learn.microsoft.com/azure/application-gateway/application-gateway-websocket
 */
const folder = fileURLToPath(new URL('../../fixtures/websocket-docs/', import.meta.url));
const template = readFileSync(`${folder}azuredeploy.json`, 'utf8');

test.each(['http-listeners.txt', 'request-routing-rules.txt'])('the template has the lines of %s', (file) => {
  const fragment = readFileSync(`${folder}${file}`, 'utf8').trimEnd();
  const indented = fragment.replaceAll(/^/gm, ' '.repeat(8));
  expect(template).toContain(indented);
});

test('every fault of the page is found at its place, and nothing else', async () => {
  const { diagnostics } = await lintTemplate({ template });
  const lines = diagnostics.toSorted(byPlace).map(({ range, severity, rule, message }) => {
    return `${range?.start.line}:${range?.start.column} ${severity} ${rule}: ${message}\n`;
  });
  await expect(lines.join('')).toMatchFileSnapshot(`${folder}findings.txt`);
});

test.each([
  ['letter-case', /"(?:Id|FrontendIPConfiguration|FrontendPort|Protocol|SslCertificate|RuleType)":/g],
  ['stray-text-after-id', /"\/subscriptions.*'(?:\)\])?"$/gm],
  ['placeholder-in-id', /<subid>/g],
  ['trailing-comma', /,\s*[\]}]/g],
])('%s is found as often as the page has it', async (rule, fault) => {
  const { diagnostics } = await lintTemplate({ template });
  const found = diagnostics.filter((finding) => finding.rule === rule);
  expect(found.length).toBe(template.match(fault)?.length);
});

function byPlace({ range: a }: Diagnostic, { range: b }: Diagnostic): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return a.start.line - b.start.line || a.start.column - b.start.column;
}
