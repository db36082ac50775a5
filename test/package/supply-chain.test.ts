import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { listedFor } from './listed-licenses.ts';
import { root } from './source-files.ts';

interface LockedPackage {
  readonly dev?: boolean;
  readonly link?: boolean;
  readonly optional?: boolean;
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly scripts?: Readonly<Record<string, string>>;
}

const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const lock = JSON.parse(read('package-lock.json')) as { readonly packages: Readonly<Record<string, LockedPackage>> };
const locked = Object.entries(lock.packages).filter(([place]) => place !== '');

/** What a user gets with the package. */
const installed = locked.filter(([, { dev }]) => dev !== true).map(([place]) => place);

const manifestOf = (place: string) => JSON.parse(read(`${place}/package.json`)) as Manifest;

test('every package is locked to its contents', () => {
  expect(locked.filter(([, { integrity }]) => !integrity?.startsWith('sha512-')).map(([place]) => place)).toEqual([]);
});

test('nothing runs when the package is installed', () => {
  const scripts = ['preinstall', 'install', 'postinstall'];
  const own = JSON.parse(read('package.json')) as Manifest;
  expect(scripts.filter((name) => own.scripts?.[name] !== undefined)).toEqual([]);
  const running = installed.filter((place) => {
    const { scripts: theirs = {} } = manifestOf(place);
    // Without a script of its own npm would build what has a binding.gyp.
    return existsSync(path.join(root, place, 'binding.gyp')) || scripts.some((name) => theirs[name] !== undefined);
  });
  expect(running).toEqual([]);
  expect(installed.filter((place) => lock.packages[place]?.hasInstallScript === true)).toEqual([]);
});

test('nothing that is installed is native code', () => {
  const files = installed.flatMap((place) =>
    readdirSync(path.join(root, place), { recursive: true, encoding: 'utf8' }).map((file) => `${place}/${file}`),
  );
  expect(files.filter((file) => /\.(?:node|so|dll|dylib|exe)$/.test(file))).toEqual([]);
});

test('everything that is installed may be used and passed on freely', () => {
  const free = /^(?:\(?(?:0BSD|MIT|ISC|BSD-2-Clause|BSD-3-Clause|Apache-2\.0|BlueOak-1\.0\.0)\b)/;
  const others = installed.map(manifestOf).filter(({ license = '' }) => !free.test(license));
  expect(others.map(({ name, license }) => `${name}: ${license}`)).toEqual([]);
});

test('the bill of materials lists exactly what is installed and what the page is made of', () => {
  const output = execFileSync(path.join(root, '.ci/sbom'), { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  const { components, metadata } = JSON.parse(output) as {
    readonly components: readonly { readonly name: string; readonly version: string }[];
    readonly metadata: { readonly component: { readonly name: string } };
  };
  expect(metadata.component.name).toBe('agate-gateway');
  const names = installed.map((place) => `${place.split('node_modules/').at(-1)}@${manifestOf(place).version}`);
  const page = listedFor('dist/dashboard/page').map((title) => title.split(' ', 2).join('@'));
  expect(components.map(({ name, version }) => `${name}@${version}`).sort()).toEqual([...names, ...page].sort());
});

interface Step {
  readonly run?: string;
}

interface Workflow {
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, { readonly permissions?: object; readonly steps: readonly Step[] }>>;
}

const commandsOf = (steps: readonly Step[]) => steps.flatMap(({ run = [] }) => run).join('\n');

test('every change is looked at for packages with known faults', () => {
  const workflow = parse(read('.github/workflows/ci.yml')) as Workflow;
  const { steps } = workflow.jobs['dependencies'] ?? { steps: [] };
  expect(commandsOf(steps)).toBe('npm ci --ignore-scripts\nnpm audit\nnpm audit signatures');
});

test('a release says what is inside and where it comes from', () => {
  const workflow = parse(read('.github/workflows/publish.yml')) as Workflow;
  expect(workflow.permissions).toEqual({});
  const { permissions, steps } = workflow.jobs['publish'] ?? { steps: [] };
  expect(permissions).toEqual({ contents: 'write', 'id-token': 'write', attestations: 'write' });
  const commands = commandsOf(steps);
  // Bundles hold code of packages that are not installed with this one, too.
  expect(commands).toContain('npm audit\nnpm audit signatures\n');
  expect(commands).toContain('.ci/sbom >sbom.cdx.json');
  // npm refuses provenance of a package that does not name the repository whose workflow publishes it.
  expect(commands).toMatch(/^npm pkg set .* "repository\.url=.*\nnpm pack /m);
  expect(commands).toMatch(/npm publish --ignore-scripts --provenance /);
});
