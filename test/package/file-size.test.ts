import { expect, test } from 'vitest';
import { readSourceFiles } from './source-files.ts';

/** Beyond this a file is two files. */
const maximumLines = 400;

/** Files written by `npm run generate` say so in their first lines; nobody reads them from top to bottom. */
const generatedMark = /^\/\/ .*[Gg]enerated/m;

test.each(['src', 'test', 'schemas'])(`files of %s have at most ${maximumLines} lines`, async (folder) => {
  const files = await readSourceFiles(folder);
  const written = files.filter((file) => !generatedMark.test(file.text.slice(0, 200)));
  const long = written.map((file) => ({ path: file.path, lines: file.text.split('\n').length - 1 }));
  expect(long.filter(({ lines }) => lines > maximumLines)).toEqual([]);
});

test('file names of src are kebab-case', async () => {
  const names = (await readSourceFiles('src')).map((file) => file.path.split('/').at(-1) ?? '');
  expect(names.filter((name) => !/^[a-z0-9]+(?:-[a-z0-9]+)*\.ts$/.test(name))).toEqual([]);
});
