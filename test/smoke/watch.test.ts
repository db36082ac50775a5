import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startAgate } from '../cli/run-agate.ts';
import { smokeFixtures } from './run-fixture.ts';

/** A test that reads a file, which has to be watched as soon as the test is there. */
const withBody = `  - name: orders reach the server
    request: { method: POST, url: "http://www.contoso.com/", bodyFile: order.txt }
    expect: { backend: { body: a cat } }
`;

test('--watch runs again after each change, also after one that cannot be used, and ends with the last result', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'agate-watch-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const template = join(folder, 'gateway.json');
  const tests = join(folder, 'gateway.test.yaml');
  const body = join(folder, 'order.txt');
  await writeFile(body, 'a cat');
  await copyFile(`${smokeFixtures}paths/gateway.json`, template);
  const good = await readFile(`${smokeFixtures}paths/gateway.test.yaml`, 'utf8');
  await writeFile(tests, 'tests: {}');

  await using agate = startAgate(['test', template, '--watch']);
  await agate.outputContaining('Waiting for changes.');
  await writeFile(tests, `${good.trimEnd()}\n${withBody}`);
  await agate.outputContaining('4 passed');
  await writeFile(body, 'a dog');
  await agate.outputContaining('3 passed, 1 failed');
  await writeFile(tests, good);
  await agate.outputContaining('\n3 passed in');
  await writeFile(template, (await readFile(template, 'utf8')).replace('/images/*', '/image/*'));
  await agate.outputContaining('2 passed, 1 failed');
  const { status, stderr } = await agate.stop('SIGTERM');
  expect(status).toBe(1);
  expect(stderr).toContain("'tests' is a mapping; it should be a list.");
});
