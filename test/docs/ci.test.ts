import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { agateBin, repositoryRoot } from '../cli/run-agate.ts';

const page = readFileSync(path.join(repositoryRoot, 'docs/ci.md'), 'utf8');

/** The code of a chapter, by its heading. */
function codeOf(heading: string): readonly string[] {
  const chapter = page.split(/^## /m).find((each) => each.startsWith(`${heading}\n`)) ?? '';
  return [...chapter.matchAll(/^```\w+\n(.*?)^```$/gms)].map(([, code = '']) => code);
}

interface Project {
  readonly folder: string;
  /** Runs a command line and gives its status. */
  run(commandLine: string): Promise<number>;
}

/** A project with a template and tests where the page has them; `npx` and `agate` are this checkout's command. */
async function startProject(): Promise<Project> {
  const folder = await mkdtemp(path.join(tmpdir(), 'agate-ci-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const fixture = path.join(repositoryRoot, 'fixtures/smoke/paths');
  await mkdir(path.join(folder, 'infra'));
  await cp(path.join(fixture, 'gateway.json'), path.join(folder, 'infra/azuredeploy.json'));
  await cp(path.join(fixture, 'gateway.test.yaml'), path.join(folder, 'infra/azuredeploy.test.yaml'));
  const agate = `exec "${process.execPath}" "${agateBin}" "$@"\n`;
  const npx = `#!/bin/sh\nif [ "$1" = --yes ]; then shift; fi\nshift\n${agate}`;
  await writeFile(path.join(folder, 'npx'), npx, { mode: 0o755 });
  await writeFile(path.join(folder, 'agate'), `#!/bin/sh\n${agate}`, { mode: 0o755 });
  const env = { ...process.env, PATH: `${folder}:${process.env['PATH']}` };
  return {
    folder,
    run: (commandLine) =>
      new Promise((resolve) => {
        execFile('bash', ['-c', commandLine], { cwd: folder, env }, (error) => {
          resolve(typeof error?.code === 'number' ? error.code : 0);
        });
      }),
  };
}

test('the action is given inputs that it has', () => {
  const [workflow = ''] = codeOf('GitHub Actions');
  const { jobs } = parse(workflow) as {
    jobs: { gateway: { steps: readonly { uses?: string; with?: Record<string, unknown> }[] } };
  };
  const step = jobs.gateway.steps.find(({ uses }) => uses === './node_modules/agate-gateway');
  const action = parse(readFileSync(path.join(repositoryRoot, 'action.yml'), 'utf8')) as { inputs: object };
  expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(step?.with ?? {})));
  const listed = [...page.matchAll(/^\| ((?:`[\w-]+`(?:, )?)+) \|/gm)].flatMap(([, names = '']) =>
    names.match(/[\w-]+/g),
  );
  expect(listed.toSorted()).toEqual(Object.keys(action.inputs).toSorted());
});

test('the steps without the action do their work', async () => {
  const [, steps = ''] = codeOf('GitHub Actions');
  const project = await startProject();
  for (const { run } of parse(steps) as readonly { run: string }[]) expect(await project.run(run)).toBe(0);
});

test('the steps for Azure Pipelines leave what is published', async () => {
  const [pipeline = ''] = codeOf('Azure Pipelines');
  const { steps } = parse(pipeline) as { steps: readonly { script?: string }[] };
  const project = await startProject();
  for (const { script } of steps) if (script !== undefined) expect(await project.run(script)).toBe(0);
  for (const name of ['lint.xml', 'test.xml']) {
    expect(await readFile(path.join(project.folder, name), 'utf8')).toMatch(/^<\?xml [^>]*>\n<testsuites /);
  }
});

test('the hooks do their work', async () => {
  const [config = ''] = codeOf('pre-commit');
  const { repos } = parse(config) as {
    repos: readonly { hooks: readonly { entry: string; files: string; pass_filenames?: boolean }[] }[];
  };
  const hooks = repos.flatMap((each) => each.hooks);
  expect(hooks).toHaveLength(2);
  const project = await startProject();
  for (const { entry, files, pass_filenames } of hooks) {
    const changed = ['infra/azuredeploy.json', 'README.md'].filter((file) => new RegExp(files).test(file));
    const words = pass_filenames === false ? [entry] : [entry, ...changed];
    expect([changed, await project.run(words.join(' '))]).toEqual([['infra/azuredeploy.json'], 0]);
  }
});
