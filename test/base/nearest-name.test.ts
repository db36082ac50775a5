import { expect, test } from 'vitest';
import { editDistance, nearestName } from '../../src/base/nearest-name.ts';

test.each([
  ['', '', 0],
  ['port', 'port', 0],
  ['port', 'ports', 1],
  ['prot', 'port', 1],
  ['pool-b', 'pool-a', 1],
  ['kitten', 'sitting', 3],
  ['', 'abc', 3],
])('%s and %s differ by %i letters', (a, b, distance) => {
  expect(editDistance(a, b)).toBe(distance);
  expect(editDistance(b, a)).toBe(distance);
});

test.each([
  ['backendAdressPools', ['backendAddressPools', 'frontendPorts'], 'backendAddressPools'],
  ['hostname', ['hostNames', 'hostName', 'path'], 'hostName'],
  ['porbe', ['probe', 'path'], 'probe'],
  ['protocoll', ['protocol', 'port'], 'protocol'],
  ['colour', ['protocol', 'port'], undefined],
  ['c', ['a'], undefined],
  ['WEB', ['api', 'web'], 'web'],
  ['frontendPrt', ['frontendPort', 'frontendIPConfiguration'], 'frontendPort'],
  ['FRONTENDPORT', ['frontendPort'], 'frontendPort'],
  ['httpListner', ['listeners', 'httpListeners'], 'httpListeners'],
  ['a', ['b'], undefined],
  ['pool-a', [], undefined],
  ['sku', ['properties', 'tags'], undefined],
])('the name nearest to %s of %j is %s', (name, candidates, expected) => {
  expect(nearestName(name, candidates)).toBe(expected);
});

test('of two equally near names the first is taken', () => {
  expect(nearestName('pool-c', ['pool-a', 'pool-b'])).toBe('pool-a');
});
