import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { readBackends, readHosts } from '../../src/cli/backend-settings.ts';

test('paths in agate.yaml are meant from where it lies', () => {
  const backends = {
    web: 'localhost:3000',
    images: { folder: 'static' },
    api: { ports: { 80: { response: './a.http' }, 81: 'localhost:1' } },
  };
  expect(readBackends('/project', backends)).toEqual({
    web: 'localhost:3000',
    images: { folder: resolve('/project/static') },
    api: { ports: { 80: { response: resolve('/project/a.http') }, 81: 'localhost:1' } },
  });
});

test('a name has one address or several', () => {
  expect(readHosts({ 'a.contoso.com': '127.0.0.2', 'b.contoso.com': ['127.0.0.3', '::1'] })).toEqual({
    'a.contoso.com': ['127.0.0.2'],
    'b.contoso.com': ['127.0.0.3', '::1'],
  });
});

test.each([
  ['localhost', "hosts gives 'a' the address 'localhost'."],
  [['127.0.0.1', 'x'], "hosts gives 'a' the address 'x'."],
  [[], "hosts gives 'a' the address ''."],
])('%j is no address', (value, message) => {
  expect(() => readHosts({ a: value })).toThrow(message);
});

test.each(['10.0.0.4', 'fd00::4'])('%s is an address, and no name that could be given another', (address) => {
  expect(() => readHosts({ [address]: '127.0.0.2' })).toThrow(
    `hosts gives '${address}' an address, which is one already.`,
  );
});
