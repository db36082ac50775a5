import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { listedFor, listedLicenses } from './listed-licenses.ts';
import { packageNameOf, readImports, root } from './source-files.ts';

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const manifestOf = (name: string) => JSON.parse(read(`node_modules/${name}/package.json`)) as Manifest;
const titleOf = ({ name, version, license }: Manifest) => `${name} ${version} (${license})`;

function filesIn(folder: string, extension: RegExp): string[] {
  const files = readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' });
  return files.filter((file) => extension.test(file)).map((file) => path.join(folder, file));
}

function importedBy(files: readonly string[]): Set<string> {
  const imports = files.flatMap((file) => readImports(read(file)).filter(({ isTypeOnly }) => !isTypeOnly));
  return new Set(imports.map(({ specifier }) => packageNameOf(specifier)).filter((name) => name !== undefined));
}

/** With what they need, as their manifests say. */
function withDependencies(names: Iterable<string>): string[] {
  const all = new Set(names);
  for (const name of all) for (const needed of Object.keys(manifestOf(name).dependencies ?? {})) all.add(needed);
  return [...all];
}

const titlesOf = (names: readonly string[]) => names.map((name) => titleOf(manifestOf(name))).sort();

// What has to be listed is found in the sources here, and not by asking a bundler once more.
const page = path.join('src', 'dashboard', 'page');

test('the licences of what is bundled for the command are listed', () => {
  const sources = filesIn('src', /\.ts$/).filter((file) => !file.startsWith(page));
  const bundle = filesIn('dist/bundle', /\.cjs$/)
    .map(read)
    .join('\n');
  const required = new Set([...bundle.matchAll(/\brequire\("(.+?)"\)/g)].map(([, name]) => name));
  // Smoke tests load undici as it is; the gateway has parts of it.
  const inParts = importedBy(sources.filter((file) => file.startsWith(path.join('src', 'runtime'))));
  const bundled = [...importedBy(sources)].filter((name) => !required.has(name) || inParts.has(name));
  // Functions of rolldown's own hold a bundle's modules together.
  expect(listedFor('dist/bundle')).toEqual(titlesOf([...withDependencies(bundled), 'rolldown']));
});

test('the licences of what is bundled for the dashboard are listed', () => {
  const bundled = withDependencies(importedBy(filesIn(page, /\.tsx?$/)));
  expect(listedFor('dist/dashboard/page')).toEqual(titlesOf(bundled));
  // Modules tell a bundler whose they are; style sheets within style sheets do not.
  const styles = filesIn(page, /\.css$/).flatMap((file) => [...read(file).matchAll(/@import "([^."][^"]*)"/g)]);
  const styled = styles.map(([, specifier = '']) => packageNameOf(specifier) ?? '');
  expect(styled.filter((name) => !bundled.includes(name))).toEqual([]);
});

test('each licence is there in full', () => {
  const { packages } = JSON.parse(read('package-lock.json')) as { readonly packages: object };
  const places = Object.keys(packages).filter((place) => existsSync(path.join(root, place, 'package.json')));
  const placeOf = new Map(places.map((place) => [titleOf(JSON.parse(read(`${place}/package.json`))), place]));
  const missing = [...listedFor('dist/bundle'), ...listedFor('dist/dashboard/page')].filter((title) => {
    const place = placeOf.get(title) ?? '';
    const file = readdirSync(path.join(root, place)).find((name) => /^licen[cs]e(?:\.md)?$/i.test(name)) ?? '';
    const text = read(path.join(place, file)).replaceAll('\r\n', '\n').trim();
    return !listedLicenses.includes(`\n${title}, in `) || !listedLicenses.includes(`--- ${file}\n\n${text}\n`);
  });
  expect(missing).toEqual([]);
});
