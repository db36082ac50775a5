import { expect, test } from 'vitest';
import { nearestName } from '../../src/base/nearest-name.ts';

test.each([
  ['backendAdressPools', ['backendAddressPools', 'frontendPorts'], 'backendAddressPools'],
  ['hostname', ['hostNames', 'hostName', 'path'], 'hostName'],
  ['porbe', ['probe', 'path'], 'probe'],
  ['protocoll', ['protocol', 'port'], 'protocol'],
  ['colour', ['protocol', 'port'], undefined],
  ['', ['a'], 'a'],
])('%s among %j means %s', (name, candidates, expected) => {
  expect(nearestName(name, candidates)).toBe(expected);
});
