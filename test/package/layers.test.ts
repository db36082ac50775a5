import { expect, test } from 'vitest';
import { layerOf, packageHomes, pureBuiltIns, pureLayers, rankOf } from './layers.ts';
import type { SourceFile } from './source-files.ts';
import { packageNameOf, readImports, readSourceFiles, resolveImport, withoutComments } from './source-files.ts';

const files = await readSourceFiles('src');

test('every source file belongs to a layer', () => {
  expect(files.map((file) => file.path).filter((path) => rankOf(path) === -1)).toEqual([]);
});

test('imports point from later layers to earlier ones', () => {
  const wrong = relativeImports(files).filter(({ from, to }) => rankOf(to) > rankOf(from.path));
  expect(wrong.map(({ from, to }) => `${from.path} imports ${to}`)).toEqual([]);
});

// Inside a folder functions may call each other back, as evaluators of trees do.
test('no file imports itself by way of another folder', () => {
  const crossing = findCycles(files).filter((cycle) => new Set(cycle.map(layerOf)).size > 1);
  expect(crossing.map((cycle) => cycle.join(' → '))).toEqual([]);
});

test('pure layers import no built-in module that reads files, sockets or clocks', () => {
  const wrong = files
    .filter((file) => pureLayers.has(layerOf(file.path)))
    .flatMap((file) => file.imports.map(({ specifier }) => ({ file, specifier })))
    .filter(({ specifier }) => specifier.startsWith('node:') && !pureBuiltIns.has(specifier));
  expect(wrong.map(({ file, specifier }) => `${file.path} imports ${specifier}`)).toEqual([]);
});

test('pure layers ask neither clock, timer, network nor process', () => {
  const impure = /\b(?:Date\.now|new Date\(\)|performance\.|setTimeout|setInterval|setImmediate|fetch\(|process\.)/;
  const wrong = files.filter((file) => pureLayers.has(layerOf(file.path)));
  expect(wrong.flatMap((file) => usesOf(file, impure))).toEqual([]);
});

test('only the command line prints, exits and listens to the process', () => {
  const speaks = /\b(?:console\.\w+|process\.(?:exit\w*|stdout|stderr|stdin|argv|on|once)\b)/;
  const others = files.filter((file) => layerOf(file.path) !== 'cli');
  expect(others.flatMap((file) => usesOf(file, speaks))).toEqual([]);
});

test('only the outermost layers read the environment', () => {
  const others = files.filter((file) => !['cli', 'library'].includes(layerOf(file.path)));
  expect(others.flatMap((file) => usesOf(file, /\bprocess\.env\b/))).toEqual([]);
});

test('time is asked of base/clock.ts', () => {
  const asksTime = /\b(?:Date\.now\(|new Date\(\)|performance\.now\()/;
  const others = files.filter((file) => file.path !== 'src/base/clock.ts');
  expect(others.flatMap((file) => usesOf(file, asksTime))).toEqual([]);
});

test('each package has one home', () => {
  const wrong = files.flatMap((file) =>
    file.imports
      .map(({ specifier }) => packageNameOf(specifier))
      .filter((name) => name !== undefined)
      .filter((name) => !(packageHomes[name] ?? []).includes(layerOf(file.path)))
      .map((name) => `${file.path} imports ${name}`),
  );
  expect(wrong).toEqual([]);
});

test('http-proxy is imported by one file', () => {
  const users = files.filter((file) => file.imports.some(({ specifier }) => specifier === 'http-proxy'));
  expect(users.length).toBeLessThanOrEqual(1);
});

test('readImports tells kinds of imports apart and passes over comments and strings', () => {
  const text = [
    "import type { A } from './a.ts';",
    "import { b, type C } from '../b.ts';",
    "import 'side-effect';",
    "import data from '../data.json' with { type: 'json' };",
    "export { d } from './d.ts';",
    'import {',
    '  e,',
    "} from 'node:e';",
    "// import { no } from './comment.ts';",
    "/* import { no } from './comment.ts'; */",
    'const url = \'http://example.com\'; // "quoted"',
    "const late = await import('./late.ts');",
  ].join('\n');
  expect(readImports(text)).toEqual([
    { specifier: './a.ts', isTypeOnly: true, isDynamic: false },
    { specifier: '../b.ts', isTypeOnly: false, isDynamic: false },
    { specifier: 'side-effect', isTypeOnly: false, isDynamic: false },
    { specifier: '../data.json', isTypeOnly: false, isDynamic: false },
    { specifier: './d.ts', isTypeOnly: false, isDynamic: false },
    { specifier: 'node:e', isTypeOnly: false, isDynamic: false },
    { specifier: './late.ts', isTypeOnly: false, isDynamic: true },
  ]);
});

function relativeImports(all: readonly SourceFile[]): { from: SourceFile; to: string }[] {
  return all.flatMap((from) =>
    from.imports
      .map(({ specifier }) => resolveImport(from, specifier))
      .filter((to) => to !== undefined)
      .map((to) => ({ from, to })),
  );
}

function usesOf(file: SourceFile, pattern: RegExp): string[] {
  return withoutComments(file.text)
    .split('\n')
    .flatMap((line, index) => (pattern.test(line) ? [`${file.path}:${index + 1} ${line.trim()}`] : []));
}

/** Cycles of imports that are still there at run time; a type may refer back. */
function findCycles(all: readonly SourceFile[]): string[][] {
  const targets = new Map(all.map((file) => [file.path, runtimeImportsOf(file)]));
  const done = new Set<string>();
  const cycles: string[][] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path);
    if (start !== -1) cycles.push([...trail.slice(start), path]);
    if (start !== -1 || done.has(path)) return;
    for (const next of targets.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const path of targets.keys()) visit(path, []);
  return cycles;
}

function runtimeImportsOf(file: SourceFile): string[] {
  return file.imports
    .filter(({ isTypeOnly, isDynamic }) => !isTypeOnly && !isDynamic)
    .map(({ specifier }) => resolveImport(file, specifier))
    .filter((path) => path !== undefined);
}
