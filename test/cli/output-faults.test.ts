import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { PassThrough, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { superviseOutput } from '../../src/cli/output-faults.ts';
import { agateBin, repositoryRoot } from './run-agate.ts';

/** Runs `agate` for a reader that has left before the first word. */
async function withoutReader(args: readonly string[]): Promise<{ status: unknown; stderr: string }> {
  const child: ChildProcessByStdio<null, Readable, Readable> = spawn(process.execPath, [agateBin, ...args], {
    cwd: repositoryRoot,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.destroy();
  const [stderr, [status]] = await Promise.all([text(child.stderr), once(child, 'close')]);
  return { status, stderr };
}

test.each([
  { args: ['--help'], status: 0 },
  { args: ['rules'], status: 0 },
  { args: ['eval', 'fixtures/example/azuredeploy.json'], status: 0 },
  { args: ['routes', 'fixtures/example/azuredeploy.json'], status: 0 },
  { args: ['lint', 'fixtures/example/azuredeploy.json', '--format', 'json', '--fail-on', 'warning'], status: 1 },
])("ends quietly when nobody reads what 'agate $args' prints", async ({ args, status }) => {
  expect(await withoutReader(args)).toEqual({ status, stderr: '' });
});

test('says that a result is lost when the disk is full', async () => {
  const stderr = new PassThrough();
  const stdout = new Writable({
    write: (_chunk, _encoding, done) => done(new Error('ENOSPC: no space left on device, write')),
  });
  const codes: number[] = [];
  superviseOutput({ stdout, stderr, stdin: process.stdin, env: {} }, (code) => {
    codes.push(code);
    stderr.end();
  });
  stdout.write('a result');
  expect(await text(stderr)).toBe(
    'error  The result cannot be written to standard output: ENOSPC: no space left on device, write.\n',
  );
  expect(codes).toEqual([2]);
});
