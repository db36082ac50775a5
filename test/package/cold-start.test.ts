import { describe, expect, test } from 'vitest';
import type { SourceFile } from './source-files.ts';
import { packageNameOf, readSourceFiles, resolveImport } from './source-files.ts';

const files = new Map((await readSourceFiles('src')).map((file) => [file.path, file]));

/** Everything that is loaded with a file, before any of its functions has run. */
function loadedWith(path: string): { readonly files: ReadonlySet<string>; readonly packages: ReadonlySet<string> } {
  const loaded = new Set<string>();
  const packages = new Set<string>();
  const visit = (file: SourceFile) => {
    if (loaded.has(file.path)) return;
    loaded.add(file.path);
    for (const { specifier, isTypeOnly, isDynamic } of file.imports) {
      if (isTypeOnly || isDynamic) continue;
      const name = packageNameOf(specifier);
      if (name !== undefined) packages.add(name);
      const next = files.get(resolveImport(file, specifier) ?? '');
      if (next !== undefined) visit(next);
    }
  };
  const first = files.get(path);
  if (first === undefined) throw new Error(`There is no file '${path}'.`);
  visit(first);
  return { files: loaded, packages };
}

// `agate lint` of one template has to be about as fast as starting Node.js: each command loads what it needs when it runs.
describe('what the command loads before it knows what to do', () => {
  const { files: loaded, packages } = loadedWith('src/cli/main.ts');

  test('is the command line alone', () => {
    const layers = new Set([...loaded].map((path) => path.split('/')[1]));
    expect([...layers].filter((layer) => layer !== 'cli' && layer !== 'base')).toEqual([]);
  });

  test('includes no package but those of the command line', () => {
    expect([...packages].filter((name) => name !== 'commander' && name !== 'chalk')).toEqual([]);
  });
});

test('linting loads nothing that serves requests', () => {
  const { files: loaded, packages } = loadedWith('src/cli/lint-templates.ts');
  expect([...loaded].filter((path) => /^src\/(?:runtime|emulator|mock-backend|dashboard)\//.test(path))).toEqual([]);
  expect([...packages].filter((name) => ['undici', 'http-proxy', 'ws', 'node-forge'].includes(name))).toEqual([]);
});
