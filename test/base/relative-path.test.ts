import { expect, test } from 'vitest';
import { folderOf, relativePath } from '../../src/base/relative-path.ts';

test.each([
  ['.', 'a.json', 'a.json'],
  ['infra', 'infra/dev/a.json', 'dev/a.json'],
  ['infra/dev', 'infra/a.json', '../a.json'],
  ['/project', '/project/a.json', 'a.json'],
  ['/project', 'a.json', 'a.json'],
  ['infra', 'infra\\dev\\a.json', 'dev/a.json'],
])('from %s to %s is %s', (folder, file, expected) => {
  expect(relativePath(folder, file)).toBe(expected);
});

test.each([
  ['agate.yaml', '.'],
  ['infra/agate.yaml', 'infra'],
])('%s lies in %s', (file, folder) => expect(folderOf(file)).toBe(folder));
