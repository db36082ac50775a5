import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readImports, root } from './source-files.ts';

interface PackReport {
  readonly files: readonly { readonly path: string }[];
}

/** What `npm publish` would send, of the build that `npm test` makes first. */
function packedFiles(): string[] {
  const output = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: root,
    encoding: 'utf8',
  });
  const [report] = JSON.parse(output) as PackReport[];
  return (report?.files ?? []).map((file) => file.path);
}

const files = packedFiles();

test.each([
  'package.json',
  'README.md',
  'LICENSE',
  'SECURITY.md',
  'bin/agate.js',
  'dist/index.js',
  'dist/index.d.ts',
  'dist/third-party-licenses.txt',
  'fixtures/example/azuredeploy.json',
  'action.yml',
  '.github/action/run.sh',
])('the package holds %s', (file) => expect(files).toContain(file));

test('the package holds a schema', () => {
  expect(files.filter((file) => /^schemas\/.*\.schema\.json$/.test(file))).not.toEqual([]);
});

test('the package holds no sources, tests or scripts of the repository', () => {
  const wanted =
    /^(?:bin|dist|docs|fixtures\/example|schemas|\.github\/action)\/|^[A-Z]+(?:\.md)?$|^package\.json$|^action\.yml$/;
  expect(files.filter((file) => !wanted.test(file) || (file.endsWith('.ts') && !file.endsWith('.d.ts')))).toEqual([]);
});

test('the package holds every file that its code imports', () => {
  const held = new Set(files);
  const missing = files
    .filter((file) => file.endsWith('.js'))
    .flatMap((file) => importsOf(file).map((imported) => ({ file, imported })))
    .filter(({ imported }) => !held.has(imported));
  expect(missing.map(({ file, imported }) => `${file} imports ${imported}`)).toEqual([]);
});

function importsOf(file: string): string[] {
  return readImports(readFileSync(path.join(root, file), 'utf8'))
    .filter(({ specifier }) => specifier.startsWith('.'))
    .map(({ specifier }) => path.posix.join(path.posix.dirname(file), specifier));
}
