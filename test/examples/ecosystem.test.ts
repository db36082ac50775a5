import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';

const root = fileURLToPath(new URL('../..', import.meta.url));
const agate = `node ${join(root, 'bin/agate.js')}`;

interface Finished {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

function run(file: string, args: readonly string[], cwd: string, env: Record<string, string> = {}): Promise<Finished> {
  return new Promise((resolve) => {
    execFile(file, args, { cwd, env: { ...process.env, ...env } }, (error, stdout, stderr) => {
      resolve({ status: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
  });
}

/** A folder with the template of a fixture and its tests. */
async function projectOf(fixture: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'agate-project-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const name of ['gateway.json', 'gateway.test.yaml']) {
    await copyFile(join(root, 'fixtures/smoke', fixture, name), join(folder, name));
  }
  return folder;
}

function runAction(folder: string, env: Record<string, string> = {}): Promise<Finished> {
  return run('bash', [join(root, '.github/action/run.sh')], folder, {
    AGATE_TEMPLATE: 'gateway.json',
    GITHUB_OUTPUT: join(folder, 'output'),
    GITHUB_STEP_SUMMARY: join(folder, 'summary.md'),
    ...env,
  });
}

test('the action lints and tests, and leaves a SARIF file and a summary', async () => {
  const folder = await projectOf('paths');
  const { status, stdout, stderr } = await runAction(folder, { AGATE_PARAMETERS: '\n', AGATE_MIN_COVERAGE: '80' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toContain('3 passed');
  expect(JSON.parse(await readFile(join(folder, 'agate.sarif'), 'utf8'))).toMatchObject({ version: '2.1.0' });
  expect(await readFile(join(folder, 'output'), 'utf8')).toBe('sarif=agate.sarif\n');
  expect(await readFile(join(folder, 'summary.md'), 'utf8')).toContain('### gateway.json: 3 passed');
});

test('the action fails with annotations when a test fails', async () => {
  const folder = await projectOf('paths');
  const template = join(folder, 'gateway.json');
  await writeFile(template, (await readFile(template, 'utf8')).replace('/images/*', '/image/*'));
  const { status, stdout } = await runAction(folder, { AGATE_LINT: 'false', AGATE_TESTS: ' gateway.test.yaml \n' });
  expect(status).toBe(1);
  expect(stdout).toContain('::error file=gateway.test.yaml,line=7,');
});

test('the action names no SARIF file when there is nothing to write into one', async () => {
  const folder = await projectOf('paths');
  const { status, stderr } = await runAction(folder, { AGATE_TEMPLATE: 'missing.json', AGATE_TEST: 'false' });
  expect({ status, times: stderr.match(/There is no file/g)?.length }).toEqual({ status: 2, times: 1 });
  expect(await readdir(folder)).toEqual(['gateway.json', 'gateway.test.yaml']);
});

test('the action takes inputs for what they are, whatever is in them', async () => {
  const folder = await projectOf('paths');
  const { status, stderr } = await runAction(folder, { AGATE_TEMPLATE: '--help; touch touched', AGATE_TEST: 'false' });
  expect(status).toBe(2);
  expect(stderr).toContain("There is no file '--help; touch touched'.");
});

test('the action takes another version than its own from the registry', async () => {
  const folder = await projectOf('paths');
  const shim = join(folder, 'npx');
  await writeFile(shim, '#!/bin/sh\necho "npx $*"\n', { mode: 0o755 });
  const PATH = `${folder}:${process.env['PATH']}`;
  const { status, stdout } = await runAction(folder, { PATH, AGATE_VERSION: '0.9.0', AGATE_LINT: 'false' });
  expect({ status, stdout }).toEqual({
    status: 0,
    stdout: 'npx --yes agate-gateway@0.9.0 test --coverage --format github -- gateway.json\n',
  });
});

test('every input of the action reaches its script, and the script reads no others', async () => {
  const action = parse(await readFile(join(root, 'action.yml'), 'utf8')) as {
    inputs: Record<string, unknown>;
    runs: { steps: readonly { env: Record<string, string> }[] };
  };
  const env = action.runs.steps[0]?.env ?? {};
  const used = Object.values(env).flatMap((value) => [...value.matchAll(/inputs\.([\w-]+)/g)].map(([, name]) => name));
  expect(used.toSorted()).toEqual(Object.keys(action.inputs).toSorted());
  const script = await readFile(join(root, '.github/action/run.sh'), 'utf8');
  const read = new Set([...script.matchAll(/\bAGATE_[A-Z_]+\b/g)].map(([name]) => name));
  expect([...read].toSorted()).toEqual(Object.keys(env).toSorted());
});

interface Hook {
  readonly id: string;
  readonly entry: string;
  readonly files: string;
  readonly pass_filenames?: boolean;
}

async function findHook(id: string): Promise<Hook> {
  const hooks = parse(await readFile(join(root, '.pre-commit-hooks.yaml'), 'utf8')) as readonly Hook[];
  const hook = hooks.find((each) => each.id === id);
  if (hook === undefined) throw new Error(`There is no hook '${id}'.`);
  return hook;
}

test('the lint hook is given the changed templates', async () => {
  const { entry, files } = await findHook('agate-lint');
  const changed = ['gateway.json', 'package.json', 'azuredeploy.parameters.json', 'gateway.test.yaml'];
  const passed = changed.filter((file) => new RegExp(files).test(file));
  expect(passed).toEqual(['gateway.json']);
  const { status, stdout } = await run(
    'sh',
    ['-c', `${entry.replace(/^agate/, agate)} "$@"`, 'sh', ...passed],
    await projectOf('paths'),
  );
  expect({ status, checked: stdout.includes('gateway.json') }).toEqual({ status: 0, checked: true });
});

test('the image is built of what is packed, and runs as a user without rights', async () => {
  const dockerfile = await readFile(join(root, '.github/docker/Dockerfile'), 'utf8');
  const [build = ''] = [...dockerfile.matchAll(/^RUN (.+)$/gm)].map(([, command]) => command);
  const [installed, ...packing] = build.split(' && ');
  expect(installed).toBe('npm ci');
  // In an empty folder and of this checkout, which is installed and built already.
  const commands = packing.join(' && ').replace('npm pack', `npm pack "${root}" --ignore-scripts`);
  const folder = await projectOf('paths');
  const { stdout } = await run('sh', ['-c', `${commands} >&2; ls packed/*.tgz`], folder);
  expect(stdout).toMatch(/^packed\/agate-gateway-\d.*\.tgz\n$/);
  const stages = dockerfile.split(/^FROM /m);
  expect(stages.at(-1)).toContain('COPY --from=build /build/packed/*.tgz /tmp/agate.tgz\n');
  expect(stages.at(-1)?.match(/^(?:USER|ENTRYPOINT) .*$/gm)).toEqual(['USER node', 'ENTRYPOINT ["agate"]']);
});

test('the test hook runs the tests beside the template that it is given', async () => {
  const { entry, pass_filenames } = await findHook('agate-test');
  expect(pass_filenames).toBe(false);
  const { status, stdout } = await run(
    'sh',
    ['-c', `${entry.replace(/^agate/, agate)} gateway.json`],
    await projectOf('sites'),
  );
  expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringContaining('3 passed') });
});
