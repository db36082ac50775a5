import { describe, expect, test } from 'vitest';
import { argumentCounts } from '../../../src/template/functions/check-arguments.ts';
import { allFunctions, findFunction } from '../../../src/template/functions/registry.ts';

test('functions are found in any case', () => {
  expect(findFunction('UNIQUESTRING')?.name).toBe('uniqueString');
  expect(findFunction('resourceid')?.name).toBe('resourceId');
});

test.each(['unknown', '', '__proto__', 'constructor', 'toString', 'lis'])('there is no function %j', (name) => {
  expect(findFunction(name)).toBeUndefined();
});

test.each(['listKeys', 'listAccountSas', 'LISTSECRETS', 'list', 'listCredentials'])(
  'whatever begins with list is a function of a resource provider: %s',
  (name) => expect(findFunction(name)).toMatchObject({ name, family: 'resource', allowedIn: ['resourceBody'] }),
);

test('listOutputsWithSecureValues takes no body', () => {
  expect(argumentCounts(findFunction('listOutputsWithSecureValues') ?? { parameters: [] })).toEqual({ min: 2, max: 2 });
});

test('all functions are listed once, sorted by name', () => {
  const names = allFunctions.map(({ name }) => name.toLowerCase());
  expect(new Set(names).size).toBe(names.length);
  expect(names).toEqual(names.toSorted((a, b) => a.localeCompare(b, 'en')));
});

describe.each(allFunctions.map((definition) => [definition.name, definition] as const))('%s', (_, definition) => {
  test('is described in one sentence', () => expect(definition.description).toMatch(/^[A-Z].*[^.]\.$/));

  test('has required parameters first and at most its last one variadic', () => {
    const optional = definition.parameters.map((parameter) => parameter.optional === true);
    expect(optional).toEqual(optional.toSorted());
    expect(definition.parameters.slice(0, -1).some((parameter) => parameter.variadic)).toBe(false);
  });
});

// The counts of https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions and its pages.
const anyNumber = Number.POSITIVE_INFINITY;
const counts: readonly [min: number, max: number, names: string][] = [
  [0, 0, 'deployment deployer environment false managementGroup newGuid null resourceGroup subscription tenant true'],
  [0, 1, 'utcNow target'],
  [0, 2, 'copyIndex'],
  [0, anyNumber, 'createArray createObject'],
  [1, 1, 'array base64 base64ToJson base64ToString bool buildUri dataUri dataUriToString dateTimeFromEpoch'],
  [1, 1, 'dateTimeToEpoch distinct empty extensions externalInputs fail first flatten float int items json'],
  [1, 1, 'lambdaVariables last length not objectKeys parameters parseCidr parseUri resourceInfo roleDefinitions'],
  [1, 1, 'shallowMerge string toLower toUpper trim uriComponent uriComponentToString variables'],
  [1, 2, 'providers references'],
  [1, 3, 'reference'],
  // Some engine versions take a single argument for union.
  [1, anyNumber, 'coalesce concat format guid max min uniqueString union'],
  [2, 2, 'add cidrHost contains div endsWith equals filter greater greaterOrEquals indexFromEnd indexOf join'],
  [2, 2, 'lastIndexOf less lessOrEquals like map mapValues mod mul range skip sort split startsWith sub take'],
  [2, 2, 'tryIndexFromEnd uri'],
  [2, 3, 'dateTimeAdd groupBy list* padLeft substring toObject'],
  [2, anyNumber, 'and or intersection lambda managementGroupResourceId resourceId subscriptionResourceId'],
  [2, anyNumber, 'tenantResourceId tryGet'],
  [3, 3, 'cidrSubnet if reduce replace toLogicalZone toLogicalZones toPhysicalZone toPhysicalZones'],
  [3, 5, 'pickZones'],
  [3, anyNumber, 'extensionResourceId'],
];
const rows = counts.flatMap(([min, max, names]) => names.split(' ').map((name) => [name, min, max] as const));

test.each(rows)('%s takes %d to %d arguments', (name, min, max) => {
  const definition = allFunctions.find((candidate) => candidate.name === name);
  expect(argumentCounts(definition ?? { parameters: [] })).toEqual({ min, max });
});

test('the table of counts has every function', () => {
  const listed = [...rows.map(([name]) => name), 'listOutputsWithSecureValues'];
  expect(allFunctions.map(({ name }) => name).filter((name) => !listed.includes(name))).toEqual([]);
});
