import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { repositoryRoot } from '../cli/run-agate.ts';

const page = readFileSync(path.join(repositoryRoot, 'docs/library.md'), 'utf8');
const examples = [...page.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, text = '']) => text);

/** What the library promises, letter by letter. */
const promised = `
import { evaluateTemplate, explainRequest, lintTemplate, startEmulator } from 'agate-gateway';

const template: string | object = 'azuredeploy.json';
const parameters: Record<string, unknown> | string = { capacity: 2 };
const context = {
  scope: 'resourceGroup', subscriptionId: '', resourceGroup: 'rg', managementGroup: 'mg', location: 'westeurope', name: 'd',
} as const;
const { resources, outputs, diagnostics } = await evaluateTemplate({ template, parameters, context });
const { type, value }: { readonly type: string; readonly value: unknown } = outputs['url']!;
const found = await lintTemplate({ template, parameters });
const { code, rule, severity, message, file, range, path, related, azureCode } = found.diagnostics[0]!;
const decision = await explainRequest({ template, request: { method: 'GET', url: 'http://a/', headers: { accept: '*/*' } } });
await using gateway = await startEmulator({
  template, parameters, listen: { all: 0 }, backends: { web: 'http://127.0.0.1:3000' },
});
const url: string = gateway.listeners[0].url;
gateway.backendHealth();
gateway.requests();
await gateway.deploy('other.json');
await gateway.dispose();
`;

/** A project that has Agate among its packages, as `npm install` leaves it, and these files. */
async function projectWith(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'agate-library-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const packages = path.join(folder, 'node_modules');
  await mkdir(packages);
  await symlink(repositoryRoot, path.join(packages, 'agate-gateway'));
  for (const name of ['@types', 'undici', 'vitest']) {
    await symlink(path.join(repositoryRoot, 'node_modules', name), path.join(packages, name));
  }
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text);
  return folder;
}

test('the examples and the promises of the library hold for a strict compiler, its own types included', async () => {
  expect(examples.length).toBeGreaterThan(4);
  const compilerOptions = {
    target: 'ES2023',
    lib: ['ES2023', 'ESNext.Disposable'],
    module: 'NodeNext',
    types: ['node'],
    strict: true,
    noEmit: true,
    skipLibCheck: false,
  };
  const folder = await projectWith({
    'package.json': '{ "type": "module" }',
    'tsconfig.json': JSON.stringify({ compilerOptions, include: ['*.ts'] }),
    'promised.ts': promised,
    ...Object.fromEntries(examples.map((text, index) => [`example-${index + 1}.ts`, text])),
  });
  const compiler = path.join(repositoryRoot, 'node_modules/typescript/bin/tsc');
  const complaints = await new Promise<string>((resolve) => {
    execFile(process.execPath, [compiler, '-p', folder], (_error, stdout, stderr) => resolve(stdout + stderr));
  });
  expect(complaints).toBe('');
});
