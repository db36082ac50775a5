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
