import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { repositoryRoot } from '../cli/run-agate.ts';
import { onFreePorts, PageFollower } from './follow-page.ts';
import { type PageBlock, parsePage } from './parse-page.ts';

const markdown = readFileSync(path.join(repositoryRoot, 'README.md'), 'utf8');

/** Packs what `npm publish` would send, of the build that `npm test` makes first. */
async function pack(folder: string): Promise<string> {
  const args = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder];
  const { stdout } = await promisify(execFile)('npm', args, { cwd: repositoryRoot });
  const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
  return path.join(folder, filename);
}

/** Everything is as the page has it, but for the package, which is not published yet, and the ports. */
function asHere(block: PageBlock, tarball: string, portFor: (port: number) => number): PageBlock {
  if (block.kind !== 'command') return block;
  const places = `--listen 80=${portFor(8080)} --listen 443=${portFor(8443)} --admin ${portFor(9900)}`;
  const text = block.text
    .replace(/(npm install .*)\bagate-gateway\b/, `$1${tarball} --prefer-offline --no-audit --no-fund`)
    .replace(/^npx agate run .*$/m, `$& ${places}`);
  return { ...block, text };
}

test('from an empty folder, with the packed package, every block of the README does what it says', {
  timeout: 240_000,
}, async () => {
  const root = await mkdtemp(path.join(tmpdir(), 'agate-readme-'));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  const directory = path.join(root, 'project');
  await mkdir(directory);
  const tarball = await pack(root);
  const { page, portFor } = await onFreePorts(markdown, [3000, 4000, 8080, 8443, 9900]);
  const environment = { XDG_DATA_HOME: root, FORCE_COLOR: undefined, CI: undefined };
  await using follower = new PageFollower({ directory, environment });
  for (const block of parsePage(page)) await follower.follow(asHere(block, tarball, portFor));
});

test('the README has no block of code that is not followed', () => {
  const fences = markdown.match(/^```\w+/gm) ?? [];
  expect(fences.length).toBeGreaterThan(15);
  expect(parsePage(markdown)).toHaveLength(fences.length);
});
