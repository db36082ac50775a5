import { mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { CompiledCode } from '../../src/cli/compiled-code.ts';
import { repositoryRoot, runAgate, startAgate } from './run-agate.ts';

const example = path.join(repositoryRoot, 'fixtures/example/azuredeploy.json');

let folder: string;
let main: string;
let shelf: string;

/** Two modules that tell by a global what they did. */
async function writeBundle(greeting: string): Promise<void> {
  await writeFile(main, `const other = require('./other-1.cjs'); globalThis.said = other.greet('${greeting}');`);
  await writeFile(
    path.join(folder, 'other-1.cjs'),
    `const { basename } = require('node:path'); exports.greet = (text) => text + ' from ' + basename(__filename);`,
  );
}

function runOnce(purpose = 'lint'): unknown {
  const code = new CompiledCode(shelf, main, purpose);
  code.run();
  code.keep();
  return (globalThis as { said?: unknown }).said;
}

async function keptFiles(): Promise<readonly string[]> {
  const [build = ''] = await readdir(shelf);
  return (await readdir(path.join(shelf, build, 'lint'))).sort();
}

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'agate-compiled-'));
  main = path.join(folder, 'main.cjs');
  shelf = path.join(folder, 'compiled');
  await writeBundle('hello');
});

afterEach(() => rm(folder, { recursive: true }));

describe('Compiled code', () => {
  test('is kept after the first run, and the second one finds it', async () => {
    expect(runOnce()).toBe('hello from other-1.cjs');
    expect(await keptFiles()).toEqual(['main.cjs.compiled', 'other-1.cjs.compiled']);
    const [build = ''] = await readdir(shelf);
    const marked = new Date('2020-01-01T00:00:00Z');
    for (const file of await keptFiles()) await utimes(path.join(shelf, build, 'lint', file), marked, marked);
    expect(runOnce()).toBe('hello from other-1.cjs');
    // What was found is not written again.
    const { mtime } = await stat(path.join(shelf, build, 'lint', 'main.cjs.compiled'));
    expect(mtime).toEqual(marked);
  });

  test('is kept for each command, which calls functions of its own', async () => {
    runOnce('lint');
    runOnce('routes');
    const [build = ''] = await readdir(shelf);
    expect((await readdir(path.join(shelf, build))).sort()).toEqual(['lint', 'routes']);
  });

  test('is kept as soon as it is there, and what comes later too', async () => {
    await writeFile(main, `globalThis.said = () => require('./other-1.cjs').greet('later');`);
    const code = new CompiledCode(shelf, main, 'lint');
    code.run();
    code.keep();
    expect(await keptFiles()).toEqual(['main.cjs.compiled']);
    (globalThis as unknown as { said(): unknown }).said();
    code.keep();
    expect(await keptFiles()).toEqual(['main.cjs.compiled', 'other-1.cjs.compiled']);
  });

  test('of a gateway is kept while it serves', async () => {
    const home = path.join(folder, 'home');
    const gateway = startAgate(['run', example, '--listen', 'all=0', '--admin', 'off'], {
      environment: { AGATE_HOME: home, NODE_DISABLE_COMPILE_CACHE: undefined },
    });
    onTestFinished(() => gateway[Symbol.asyncDispose]());
    await gateway.outputContaining('Stop with');
    const compiled = path.join(home, 'compiled');
    await expect
      .poll(() => readdir(compiled, { recursive: true }).catch(() => []), { timeout: 20_000 })
      .not.toHaveLength(0);
  });

  test('of another build is not taken, and makes room', async () => {
    runOnce();
    await writeBundle('good morning');
    expect(runOnce()).toBe('good morning from other-1.cjs');
    expect(await readdir(shelf)).toHaveLength(1);
  });

  test('that is damaged is compiled anew', async () => {
    const home = path.join(folder, 'home');
    const lint = () => runAgate(['lint', example], { environment: { AGATE_HOME: home } });
    const first = await lint();
    const kept = (await readdir(home, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
    expect(kept.length).toBeGreaterThan(0);
    for (const { parentPath, name } of kept) await writeFile(path.join(parentPath, name), 'not what V8 wrote');
    expect(await lint()).toEqual(first);
    expect(await lint()).toEqual(first);
    expect(first).toMatchObject({ status: 0, stderr: '' });
  });

  test('that cannot be kept is no obstacle', async () => {
    await writeFile(shelf, 'a file where the folder should be');
    expect(runOnce()).toBe('hello from other-1.cjs');
  });
});
