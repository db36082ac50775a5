import { describe, expect, test } from 'vitest';
import { fullTypeOf, parseResourceId, sameId } from '../../src/base/resource-id.ts';

const port =
  '/subscriptions/s1/resourceGroups/rg1/providers/Microsoft.Network/applicationGateways/gw/frontendPorts/p80';

describe('parseResourceId', () => {
  test('takes a sub-resource ID apart', () => {
    expect(parseResourceId(port)).toEqual({
      subscriptionId: 's1',
      resourceGroup: 'rg1',
      namespace: 'Microsoft.Network',
      types: ['applicationGateways', 'frontendPorts'],
      names: ['gw', 'p80'],
    });
  });

  test('takes the last provider of an extension resource', () => {
    const lock = parseResourceId(`${port}/providers/Microsoft.Authorization/locks/l1`);
    expect(lock && fullTypeOf(lock)).toBe('Microsoft.Authorization/locks');
  });

  test.each([
    '',
    'p80',
    '/subscriptions/s1',
    '/providers/Microsoft.Network/applicationGateways',
    '/providers/A.B//x',
    '/providers/A.B/c/',
  ])('finds no resource in %j', (id) => expect(parseResourceId(id)).toBeUndefined());
});

test('IDs are the same whatever their letter case and trailing slash', () => {
  expect(sameId(port, `${port.toUpperCase()}/`)).toBe(true);
  expect(sameId(port, `${port}1`)).toBe(false);
});
