import { expect, test } from 'vitest';
import { call } from './call.ts';

// Published results: Azure/bicep's function tests and github.com/JasonWhall/go-azure-uniquestring. The last four pin
// down the tail of the hash and have no published counterpart.
test.each([
  [['snap', 'crackle', 'pop'], 'byghxckddilkc'],
  [['asd', 'asdf', 'asdf'], 'iizpqit7ih3cc'],
  [['hello', 'world'], 'a7wkljktk6wne'],
  [['/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/myRg'], 'js26ofeqkqeve'],
  [[''], 'aaaaaaaaaaaaa'],
  [['test'], 'rbgf3xv4ufgzg'],
  [['foo'], 'wfdb6h7odcoiq'],
  [['snap-crackle-pop'], 'byghxckddilkc'],
])('uniqueString%j is %s', (parts, expected) => {
  expect(call('uniqueString', parts)).toMatchObject({ value: expected });
});

// Azure/bicep's function tests.
test.each([
  [['foo', 'bar', 'baz'], '2ed86837-7c7c-5eaa-9864-dd077fd19b0d'],
  [['foo-bar', 'baz'], '2ed86837-7c7c-5eaa-9864-dd077fd19b0d'],
])('guid%j is %s', (parts, expected) => expect(call('guid', parts)).toMatchObject({ value: expected }));

test.each(['guid', 'uniqueString'])('%s minds case and order', (name) => {
  const results = [
    ['a', 'b'],
    ['A', 'b'],
    ['b', 'a'],
  ].map((parts) => call(name, parts));
  expect(new Set(results.map((result) => JSON.stringify(result))).size).toBe(3);
});

test('newGuid comes from the deployment', () => {
  expect(call('newGuid', [])).toMatchObject({ value: '5a8e2b1c-93f4-4c3d-8b6a-0d1e2f3a4b5c' });
});
