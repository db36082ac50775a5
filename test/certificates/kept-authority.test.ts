import { execFile } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { type Clock, systemClock } from '../../src/base/clock.ts';
import { openAuthority } from '../../src/certificates/kept-authority.ts';

let folder = '';

beforeEach(async () => {
  const made = await mkdtemp(join(tmpdir(), 'agate-authority-'));
  onTestFinished(() => rm(made, { recursive: true }));
  folder = join(made, 'home');
});

test('the authority of a folder is the same for everybody who opens it', async () => {
  const first = await openAuthority(folder, systemClock);
  const second = await openAuthority(folder, systemClock);
  expect(second.authority.certificatePem).toBe(first.authority.certificatePem);
  expect(first).toMatchObject({ notice: null, certificatePath: join(folder, 'ca.pem') });
  expect(await readFile(join(folder, 'ca.pem'), 'utf8')).toBe(first.authority.certificatePem);
  const [one, other] = await Promise.all([first.authority.issue(['a.test']), second.authority.issue(['b.test'])]);
  expect(other.key).toBe(one.key);
  const leaf = new X509Certificate(other.cert);
  expect(leaf.checkIssued(new X509Certificate(first.authority.certificatePem))).toBe(true);
  expect([leaf.checkHost('b.test'), leaf.checkHost('b.test.localhost'), leaf.checkIP('127.0.0.1')]).toEqual([
    'b.test',
    'b.test.localhost',
    '127.0.0.1',
  ]);
});

test('keys are readable for their owner only, also when they were not', async () => {
  await (await openAuthority(folder, systemClock)).authority.issue(['a.test']);
  const modeOf = async (name: string) => (await stat(join(folder, name))).mode & 0o777;
  expect(await Promise.all(['authority.pem', 'leaf-key.pem', 'ca.pem'].map(modeOf))).toEqual([0o600, 0o600, 0o644]);
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  await chmod(join(folder, 'authority.pem'), 0o644);
  await openAuthority(folder, systemClock);
  expect(await modeOf('authority.pem')).toBe(0o600);
});

const clockIn2060: Clock = { ...systemClock, now: () => Date.UTC(2060, 0) };

test.each<[string, (path: string) => Promise<unknown>, Clock]>([
  ['is no authority', (path) => writeFile(path, 'nothing'), systemClock],
  ['was cut off', async (path) => writeFile(path, (await readFile(path, 'utf8')).slice(0, 2000)), systemClock],
  ['has expired', async () => undefined, clockIn2060],
])('a file that %s is made anew', async (_name, spoil, clock) => {
  const before = (await openAuthority(folder, systemClock)).authority.certificatePem;
  await spoil(join(folder, 'authority.pem'));
  const after = await openAuthority(folder, clock);
  expect(after.authority.certificatePem).not.toBe(before);
  expect(await readFile(join(folder, 'ca.pem'), 'utf8')).toBe(after.authority.certificatePem);
  expect((await openAuthority(folder, clock)).authority.certificatePem).toBe(after.authority.certificatePem);
});

test('a folder that cannot be used gets a notice, and the authority lasts for the run', async () => {
  await writeFile(folder, 'a file where the folder should be');
  const opened = await openAuthority(folder, systemClock);
  expect(opened.certificatePath).toBeNull();
  expect(opened.notice).toContain(`cannot be kept in '${folder}' and lasts for this run only`);
  const leaf = new X509Certificate((await opened.authority.issue(['a.test'])).cert);
  expect(leaf.checkIssued(new X509Certificate(opened.authority.certificatePem))).toBe(true);
});

test('authorities that are not kept share their keys, so that only the first one takes long', async () => {
  const [one, other] = await Promise.all([openAuthority(null, systemClock), openAuthority(null, systemClock)]);
  expect((await one.authority.issue([])).key).toBe((await other.authority.issue([])).key);
});

test('processes that start at the same time come to the same authority and leave nothing else behind', async () => {
  const program = fileURLToPath(new URL('./print-authority.ts', import.meta.url));
  const cli = fileURLToPath(new URL('../../node_modules/jiti/lib/jiti-cli.mjs', import.meta.url));
  const run = () => promisify(execFile)(process.execPath, [cli, program, folder]);
  const outputs = await Promise.all([run(), run(), run(), run()]);
  const [first] = outputs;
  expect(first?.stdout).toContain('BEGIN CERTIFICATE');
  expect(outputs.map(({ stdout }) => stdout)).toEqual(outputs.map(() => first?.stdout));
  expect((await readdir(folder)).sort()).toEqual(['authority.pem', 'ca.pem', 'leaf-key.pem']);
});
