import { expect, test } from 'vitest';
import { allFunctions } from '../../../src/template/functions/registry.ts';
import { evaluate, type Surroundings } from './call.ts';

const example: Surroundings = {
  deployment: { subscriptionId: '11111111-2222-3333-4444-555555555555', resourceGroup: 'examplegroup' },
  parameters: {
    objectToTest: { one: 'a', two: 'b', three: 'c' },
    concatValue: 'demo value',
    entities: { item002: { number: 200 }, item001: { number: 300 } },
  },
};
const group = '/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/examplegroup';

// One documented example of each function that has one, from the pages below
// https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions
const examples: readonly (readonly [expression: string, result: unknown])[] = [
  ['[array(createArray())]', []],
  ["[concat('abc', concat('def'), 'ghi')]", 'abcdefghi'],
  ["[contains(parameters('objectToTest'), 'one')]", true],
  ["[createArray('a', 'b', 'c')]", ['a', 'b', 'c']],
  ['[empty(createArray(createObject()))]', false],
  ["[first('One Two Three')]", 'O'],
  ["[last('One Two three')]", 'e'],
  ['[flatten(createArray())]', []],
  ["[indexOf(createArray('fizz', 'buzz', 'pop', 'fizz'), 'fizz')]", 0],
  ["[lastIndexOf('abcdef', 'AB')]", 0],
  ['[intersection(createArray(1, 2, 3), createArray(2, 3, 4))]', [2, 3]],
  ["[length('One Two Three')]", 13],
  ['[max(10, 4, 1, 6)]', 10],
  ['[min(createArray(10, 4, 1, 6))]', 1],
  ['[range(1, 0)]', []],
  ["[skip(createArray('one', 'two', 'three'), -100)]", ['one', 'two', 'three']],
  ["[take(createArray('fizz', 'buzz', 'pop'), 2)]", ['fizz', 'buzz']],
  ["[union(createObject('abc', 'def'), createObject('def', 'ghi'))]", { abc: 'def', def: 'ghi' }],
  ["[tryGet(createArray('one', 'two'), 1)]", 'two'],
  ["[tryIndexFromEnd(createArray('one', 'two', 'three'), 1)]", 'three'],
  [
    "[parseCidr('fdad:3236:5555::/48')]",
    {
      network: 'fdad:3236:5555::',
      netmask: 'ffff:ffff:ffff::',
      firstUsable: 'fdad:3236:5555::',
      lastUsable: 'fdad:3236:5555:ffff:ffff:ffff:ffff:ffff',
      cidr: 48,
    },
  ],
  ["[cidrSubnet('fdad:3236:5555::/48', 52, 0)]", 'fdad:3236:5555::/52'],
  ["[cidrHost('fdad:3236:5555:3000::/52', 0)]", 'fdad:3236:5555:3000::1'],
  ['[coalesce(null(), 123)]', 123],
  ["[equals(toLower('demo'), toLower('DEMO'))]", true],
  ["[less('Test1', 'Test2')]", true],
  ["[lessOrEquals('demo', 'demo')]", true],
  ["[greater('A', 'a')]", true],
  ["[greaterOrEquals('Test2', 'Test1')]", true],
  ['[and(greaterOrEquals(10, 10), greater(5, 2))]', true],
  ["[or(bool('true'), bool('false'))]", true],
  ["[not(equals('demo', 'test'))]", true],
  ["[bool('false')]", false],
  ["[if(equals('a', 'a'), 'yes', 'no')]", 'yes'],
  ['[true()]', true],
  ['[false()]', false],
  ["[dateTimeAdd(dateTimeFromEpoch(1680224438), 'P1D')]", '2023-04-01T01:00:38Z'],
  ['[dateTimeToEpoch(dateTimeFromEpoch(1680224438))]', 1680224438],
  ['[environment().authentication.loginEndpoint]', 'https://login.microsoftonline.com/'],
  ["[filter(range(0, 10), lambda('i', equals(0, mod(lambdaVariables('i'), 2))))]", [0, 2, 4, 6, 8]],
  ["[map(createArray(), lambda('foo', format('Hi {0}!', lambdaVariables('foo'))))]", []],
  ["[reduce(createArray(), 0, lambda('cur', 'next', lambdaVariables('cur')))]", 0],
  [
    "[sort(createArray(8, 3, 10, -13, 5), lambda('x', 'y', less(lambdaVariables('x'), lambdaVariables('y'))))]",
    [-13, 3, 5, 8, 10],
  ],
  [
    "[toObject(createArray(123, 456, 789), lambda('i', format('{0}', div(lambdaVariables('i'), 100))))]",
    { '1': 123, '4': 456, '7': 789 },
  ],
  [
    "[groupBy(createArray('foo', 'bar', 'baz'), lambda('x', substring(lambdaVariables('x'), 0, 1)))]",
    { f: ['foo'], b: ['bar', 'baz'] },
  ],
  ["[mapValues(createObject('a', 123, 'b', 456), lambda('val', mul(lambdaVariables('val'), 2)))]", { a: 246, b: 912 }],
  ['[add(5, 3)]', 8],
  ['[sub(0, 10)]', -10],
  ['[mul(5, 3)]', 15],
  ['[div(10, 2)]', 5],
  ['[mod(10, 3)]', 1],
  ["[int('4')]", 4],
  ["[createObject('abc', '''quoted''')]", { abc: "'quoted'" }],
  ["[json(concat('{\"a\": \"', parameters('concatValue'), '\"}'))]", { a: 'demo value' }],
  ["[objectKeys(createObject('a', 123, 'b', 456))]", ['a', 'b']],
  ["[shallowMerge(createArray(createObject('a', 123), createObject('b', 456)))]", { a: 123, b: 456 }],
  [
    "[resourceId('Microsoft.Storage/storageAccounts','examplestorage')]",
    '/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/examplegroup/providers/Microsoft.Storage/storageAccounts/examplestorage',
  ],
  ["[tenantResourceId('Unit.Test/type', 'a')]", '/providers/Unit.Test/type/a'],
  [
    "[extensionResourceId('/subscriptions/00000000-0000-0000-0000-000000000000/providers/Unit.Test/type/a', 'Extension.Test/type', 'a')]",
    '/subscriptions/00000000-0000-0000-0000-000000000000/providers/Unit.Test/type/a/providers/Extension.Test/type/a',
  ],
  ["[pickZones('Microsoft.Cdn', 'profiles', 'westus2')]", []],
  ['[resourceGroup().name]', 'examplegroup'],
  ["[base64('one, two, three')]", 'b25lLCB0d28sIHRocmVl'],
  ["[base64ToString('b25lLCB0d28sIHRocmVl')]", 'one, two, three'],
  ['[base64ToJson(base64(\'{"hi": "there"}\')).hi]', 'there'],
  ["[dataUri(' Fizz ')]", 'data:text/plain;charset=utf-8;base64,IEZpenog'],
  ["[dataUriToString('data:;base64,SGVsbG8sIFdvcmxkIQ==')]", 'Hello, World!'],
  ["[startsWith('abcdef', 'ab')]", true],
  ["[endsWith('abcdef', 'ef')]", true],
  ["[format('{0}/{1}/{2}/{3}', 1, 2, 3, true())]", '1/2/3/True'],
  ["[guid('foo', 'bar', 'baz')]", '2ed86837-7c7c-5eaa-9864-dd077fd19b0d'],
  ["[uniqueString('snap', 'crackle', 'pop')]", 'byghxckddilkc'],
  ["[join(createArray('abc', 123, true()), '/')]", 'abc/123/True'],
  ["[padLeft('123', 10)]", '       123'],
  ["[replace('foot', 't', 'd')]", 'food'],
  ["[split('This is a test', createArray(' '))[3]]", 'test'],
  ['[string(5)]', '5'],
  ["[substring('asdfasf', 3)]", 'fasf'],
  ["[toLower('One Two Three')]", 'one two three'],
  ["[toUpper('One Two Three')]", 'ONE TWO THREE'],
  ["[trim('    one two three   ')]", 'one two three'],
  ["[uri('http://contoso.org/firstpath', 'myscript.sh')]", 'http://contoso.org/myscript.sh'],
  ["[uriComponent('UB*8h 0+=_)9h9n')]", 'UB%2A8h%200%2B%3D_%299h9n'],
  [
    "[uriComponentToString('http%3A%2F%2Fcontoso.com%2Fresources%2Fnested%2Fazuredeploy.json')]",
    'http://contoso.com/resources/nested/azuredeploy.json',
  ],
  ["[items(parameters('entities'))[0].key]", 'item001'],
  [
    "[resourceId('Microsoft.Storage/storageAccounts', 'examplestorage')]",
    `${group}/providers/Microsoft.Storage/storageAccounts/examplestorage`,
  ],
  [
    "[subscriptionResourceId('My.Rp/parent/child', 'myParent', 'myChild')]",
    '/subscriptions/11111111-2222-3333-4444-555555555555/providers/My.Rp/parent/myParent/child/myChild',
  ],
  ["[tenantResourceId('Unit.Test/type', 'a')]", '/providers/Unit.Test/type/a'],
  [
    "[managementGroupResourceId('mg', 'My.Rp/parent/child', 'myParent', 'myChild')]",
    '/providers/Microsoft.Management/managementGroups/mg/providers/My.Rp/parent/myParent/child/myChild',
  ],
  [
    "[extensionResourceId('/subscriptions/00000000-0000-0000-0000-000000000000/providers/Unit.Test/type/a', 'Extension.Test/type', 'a')]",
    '/subscriptions/00000000-0000-0000-0000-000000000000/providers/Unit.Test/type/a/providers/Extension.Test/type/a',
  ],
];

test.each(examples)('%s', (expression, result) => expect(evaluate(expression, example)).toEqual(result));

// Their results depend on the deployment or are not documented; the tests of their families have them.
const withoutExample =
  'buildUri copyIndex deployer deployment distinct extensions externalInputs fail float indexFromEnd like list* listOutputsWithSecureValues managementGroup newGuid null parseUri providers reference references resourceInfo roleDefinitions subscription target tenant toLogicalZone toLogicalZones toPhysicalZone toPhysicalZones utcNow variables';

test('every other function has an example', () => {
  const called = new Set(examples.flatMap(([expression]) => expression.match(/\w+(?=\()/g) ?? []));
  const missing = allFunctions.map(({ name }) => name).filter((name) => !called.has(name));
  expect(missing.filter((name) => !withoutExample.split(' ').includes(name))).toEqual([]);
});
