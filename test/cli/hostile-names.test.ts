import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { repositoryRoot, runAgate, startAgate } from './run-agate.ts';

// Names that would give the terminal's window a title, go back to the start of the line, and erase the screen.
const hostile = String.raw`\u001b]0;owned\u0007\r\u009b2J\u001b[2J`;
const template = readFileSync(path.join(repositoryRoot, 'fixtures/example/azuredeploy.json'), 'utf8').replaceAll(
  /(?<=["/])(?:shop-https|shop-gateway|shop|headers|images|health)(?=["'])/g,
  `$&${hostile}`,
);

/** What steers terminals, without line breaks, tabs and the colours that reports have. */
function steering(output: string): readonly string[] {
  const colours = /\p{Cc}\[(?:1|2|22|31|33|36|39)m/gu;
  return output.replaceAll(colours, '').match(/[^\P{Cc}\t\n]/gu) ?? [];
}

test.each([
  'lint -',
  'routes -',
  'routes - --format mermaid',
  'explain - https://shop.contoso.com/images/cat.png',
  'health - --stand-ins',
])('names in a template do not steer the terminal: agate %s', async (line) => {
  const args = line.split(' ');
  for (const environment of [{}, { FORCE_COLOR: '1' }]) {
    const { stdout, stderr } = await runAgate(args, { stdin: template, environment });
    expect(`${stdout}${stderr}`).toContain('owned');
    expect(steering(stdout)).toEqual([]);
    expect(steering(stderr)).toEqual([]);
  }
});

test('names in a template do not steer the terminal of a gateway that runs', async () => {
  await using agate = startAgate(['run', '-', '--listen', 'all=0', '--admin', 'off'], { stdin: template });
  await agate.outputContaining('Backends');
  const { stdout, stderr } = await agate.stop();
  expect(stdout).toContain('owned');
  expect(steering(`${stdout}${stderr}`)).toEqual([]);
});
