import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { rolldown } from 'rolldown';
import { afterAll, expect, test } from 'vitest';
import { findBundledPackages, gatherModules } from '../tools/bundled-packages.ts';

const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'agate-bundled-')));
afterAll(() => rmSync(root, { recursive: true }));

function write(file: string, text: string): string {
  const place = path.join(root, file);
  mkdirSync(path.dirname(place), { recursive: true });
  writeFileSync(place, text);
  return place;
}

/** The path of a module of the package. */
function install(folder: string, { license = 'MIT', ...files }: Readonly<Record<string, string>> = {}): string {
  const name = folder.split('node_modules/').at(-1);
  write(`node_modules/${folder}/package.json`, JSON.stringify({ name, version: '1.2.3', license, main: 'index.js' }));
  for (const [file, text] of Object.entries(files)) write(`node_modules/${folder}/${file}`, text);
  return write(`node_modules/${folder}/index.js`, `export const text = ${JSON.stringify(name)} + Math.random();`);
}

const find = (...modules: readonly string[]) => findBundledPackages(modules, root);

test('packages of which nothing is left in the bundle are none of it', async () => {
  install('used', { LICENSE: 'Use it.' });
  install('needed-by-used', { LICENSE: 'Use it, too.' });
  write('node_modules/used/index.js', "export { text } from 'needed-by-used'; export const own = Math.random();");
  install('unused', { LICENSE: 'Do not use it.' });
  const lines = [
    "import { own, text } from 'used';",
    "import { text as other } from 'unused';",
    'console.log(own, text);',
  ];
  const input = write('src/index.js', `${lines.join('\n')}\nfunction never() { return other; }`);
  const modules = new Set<string>();
  const bundle = await rolldown({ input, treeshake: { moduleSideEffects: false }, plugins: [gatherModules(modules)] });
  await bundle.generate();
  await bundle.close();
  expect(find(...modules).map(({ name }) => name)).toEqual(['needed-by-used', 'used']);
});

test('our own modules are no package', () => {
  expect(find(path.join(root, 'src/index.ts'), path.join(root, 'schemas/validators.js'))).toEqual([]);
});

test('a package is told once, with version, licence and text', () => {
  const index = install('@scope/plain', { LICENSE: 'Use it as you like.', 'lib/a.js': '' });
  expect(find(index, path.join(path.dirname(index), 'lib/a.js'))).toEqual([
    {
      name: '@scope/plain',
      version: '1.2.3',
      license: 'MIT',
      texts: [{ file: 'LICENSE', text: 'Use it as you like.' }],
    },
  ]);
});

test.each(['LICENSE', 'LICENCE.txt', 'License.md', 'license-mit', 'COPYING'])('a licence may be in %s', (file) => {
  const index = install(`in-${file.toLowerCase()}`, { [file]: 'Use it.' });
  expect(find(index)[0]?.texts.map((text) => text.file)).toEqual([file]);
});

test('notices go with licences, and licences of parts with the parts that are bundled', () => {
  const files = {
    LICENSE: 'Use it.',
    NOTICE: 'Made by us.',
    'a/b/LICENSE': 'Use b.',
    'a/b/c/d.js': '',
    'e/LICENSE': 'Use e.',
  };
  const index = install('with-parts', files);
  const part = path.join(path.dirname(index), 'a/b/c/d.js');
  expect(find(part)[0]?.texts.map(({ file }) => file)).toEqual(['LICENSE', 'NOTICE', 'a/b/LICENSE']);
  expect(find(index)[0]?.texts.map(({ file }) => file)).toEqual(['LICENSE', 'NOTICE']);
});

test('a package inside a package is one of its own', () => {
  install('outer', { LICENSE: 'Use outer.' });
  const inner = install('outer/node_modules/inner', { LICENSE: 'Use inner.' });
  expect(find(inner).map(({ name, texts }) => [name, texts.length])).toEqual([['inner', 1]]);
});

test('what a bundler adds is the code of the bundler', () => {
  install('bundler', { LICENSE: 'Use it.' });
  expect(find('\0bundler/runtime.js').map(({ name }) => name)).toEqual(['bundler']);
});

test.each([
  ['README.md', 'Use it.'],
  ['NOTICE', 'Made by us.'],
  ['THIRD-PARTY-LICENSE', 'Use what they made.'],
  ['part/LICENSE', 'Use the part.'],
  ['license.js', ''],
])('a package that has %s but no text of a licence fails the build', (file, text) => {
  const name = `with-${file.replace('/', '-').toLowerCase()}`;
  const index = install(name, { [file]: text, 'part/index.js': '' });
  expect(() => find(index, path.join(path.dirname(index), 'part/index.js'))).toThrow(
    `${name} 1.2.3 is bundled and comes without the text of its licence (MIT).`,
  );
});

test('a package that does not name its licence fails the build', () => {
  const index = install('nameless', { LICENSE: 'Use it.' });
  write(
    'node_modules/nameless/package.json',
    '{ "name": "nameless", "version": "1.0.0", "license": { "type": "MIT" } }',
  );
  expect(() => find(index)).toThrow('nameless 1.0.0 is bundled and does not name its licence.');
});

test.each(['\0helpers/extends.js', '/somewhere/else/index.js'])('code of unknown origin fails the build: %j', (id) => {
  expect(() => find(id)).toThrow(`Whose code is the module '${id}'?`);
});
