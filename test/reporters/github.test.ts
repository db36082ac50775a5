import { expect, test } from 'vitest';
import { renderGithub } from '../../src/reporters/github.ts';
import { findings, options, portInvalid, unnamed } from './findings.ts';

test('writes workflow commands, the gravest first, and a summary', () => {
  expect(
    renderGithub(findings, options),
  ).toBe(`::error file=infra/azuredeploy.json,line=5,endLine=5,col=2,endColumn=11,title=AGW5024 frontend-port-invalid (InvalidPort)::Frontend port 'http' is 0; "1" to <64999> & no other.%0ATake 80, or 443.
::warning file=infra/azuredeploy.json,line=3,endLine=5,title=AGW2004 listener-without-rule::Listener 'blog' has no request routing rule; its requests go nowhere.
::notice title=AGW6025 no-diagnostic-settings::Logs go nowhere.
1 error, 1 warning, 1 info in 2 files
`);
});

test('keeps to ten annotations of each kind and counts the rest', () => {
  const many = [...Array.from({ length: 12 }, () => portInvalid), ...Array.from({ length: 3 }, () => unnamed)];
  const lines = renderGithub(many, options).trimEnd().split('\n');
  expect(lines.filter((line) => line.startsWith('::error'))).toHaveLength(10);
  expect(lines.filter((line) => line.startsWith('::warning'))).toHaveLength(3);
  expect(lines.at(-1)).toBe('12 errors, 3 warnings in 2 files; 2 not shown (GitHub takes 10 of each kind)');
});
