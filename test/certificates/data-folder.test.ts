import { join } from 'node:path';
import { expect, test } from 'vitest';
import { dataFolder } from '../../src/certificates/data-folder.ts';

// https://specifications.freedesktop.org/basedir-spec/latest/
test.each<[string, NodeJS.Platform, Record<string, string>, string, string | null]>([
  ['AGATE_HOME before anything else', 'linux', { AGATE_HOME: '/a', XDG_DATA_HOME: '/x' }, '/home/u', '/a'],
  ['XDG_DATA_HOME', 'linux', { XDG_DATA_HOME: '/x' }, '/home/u', join('/x', 'agate')],
  ['the default of XDG on Linux', 'linux', {}, '/home/u', join('/home/u', '.local', 'share', 'agate')],
  [
    'the library folder on macOS',
    'darwin',
    {},
    '/Users/u',
    join('/Users/u', 'Library', 'Application Support', 'agate'),
  ],
  ['the local application data on Windows', 'win32', { LOCALAPPDATA: '/l' }, 'C:\\Users\\u', join('/l', 'agate')],
  ['no folder without a home', 'linux', {}, '', null],
  ['no folder on a Windows that names none', 'win32', {}, 'C:\\Users\\u', null],
])('takes %s', (_name, platform, env, homeFolder, expected) => {
  expect(dataFolder({ env, platform, homeFolder })).toBe(expected);
});
