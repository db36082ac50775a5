import { CaseInsensitiveMap } from '../../base/case-insensitive-map.ts';
import type { ListRequest } from '../evaluation-context.ts';
import { markSecret } from '../expression/secrets.ts';
import { fromJson, getValue, type Json, objectValue, type Value } from '../value.ts';
import type { RuntimeSource } from './open-path.ts';
import type { RuntimeState } from './runtime-state.ts';
import { assume, unknownValue } from './runtime-value.ts';

/** Answers by resource type and function; the texts in them are made up. */
const shapes = new CaseInsensitiveMap<Json>([
  ['Microsoft.Storage/storageAccounts listKeys', storageKeys()],
  ['Microsoft.Storage/storageAccounts listKeys before 2016', { key1: fakeKey(1), key2: fakeKey(2) }],
  ['Microsoft.Storage/storageAccounts listAccountSas', { accountSasToken: 'sv=2022-11-02&sig=made-up' }],
  ['Microsoft.Storage/storageAccounts listServiceSas', { serviceSasToken: 'sv=2022-11-02&sig=made-up' }],
  ['Microsoft.Cache/redis listKeys', { primaryKey: fakeKey(1), secondaryKey: fakeKey(2) }],
  ['Microsoft.OperationalInsights/workspaces listKeys', sharedKeys()],
  ['Microsoft.OperationalInsights/workspaces sharedKeys', sharedKeys()],
  ['Microsoft.ServiceBus/namespaces/authorizationRules listKeys', busKeys()],
  ['Microsoft.EventHub/namespaces/authorizationRules listKeys', busKeys()],
  ['Microsoft.Relay/namespaces/authorizationRules listKeys', busKeys()],
  ['Microsoft.ContainerRegistry/registries listCredentials', registryCredentials()],
  ['Microsoft.DocumentDB/databaseAccounts listKeys', { primaryMasterKey: fakeKey(1), secondaryMasterKey: fakeKey(2) }],
  [
    'Microsoft.Web/sites/host listKeys',
    { masterKey: fakeKey(1), functionKeys: { default: fakeKey(2) }, systemKeys: {} },
  ],
]);

/**
 * What a `list*` function answers: what the user says, the outputs of a nested deployment, a made-up answer of the
 * documented shape, or something unknown.
 */
export function listedValues(state: RuntimeState, request: ListRequest): Value {
  const { functionName, site } = request;
  const given = state.override === undefined ? undefined : getValue(state.override, functionName);
  if (given !== undefined) return markSecret(given);
  const nested = state.nestedLevel;
  if (nested !== undefined && /^listOutputsWithSecureValues$/i.test(functionName)) {
    return objectValue(
      Array.from(nested.outputs(), ([name, { value }]) => [name, value] as const),
      site,
    );
  }
  const key = `${state.resource.type} ${functionName}`;
  const shape = (isOld(request) ? shapes.get(`${key} before 2016`) : undefined) ?? shapes.get(key);
  if (shape !== undefined) return madeUpAnswer(fromJson(shape), state.source, []);
  return unknownValue({ source: state.source, path: [] }, site, true);
}

/** Before version 2016-01-01, storage accounts answered `{ key1, key2 }`. */
function isOld({ apiVersion }: ListRequest): boolean {
  return apiVersion !== undefined && /^\d{4}-/.test(apiVersion) && apiVersion < '2016-01-01';
}

function madeUpAnswer(value: Value, source: RuntimeSource, path: readonly (string | number)[]): Value {
  switch (value.kind) {
    case 'String':
      return assume({ ...value, secret: true }, source, path);
    case 'Array':
      return { ...value, items: value.items.map((item, index) => madeUpAnswer(item, source, [...path, index])) };
    case 'Object':
      return objectValue(
        Array.from(
          value.members,
          ([key, member]) => [key, madeUpAnswer(member.value, source, [...path, key])] as const,
        ),
      );
    default:
      return value;
  }
}

function fakeKey(number: number): string {
  return Buffer.from(`made-up key ${number}`).toString('base64');
}

function storageKeys(): Json {
  return {
    keys: [
      { keyName: 'key1', permissions: 'Full', value: fakeKey(1) },
      { keyName: 'key2', permissions: 'Full', value: fakeKey(2) },
    ],
  };
}

function sharedKeys(): Json {
  return { primarySharedKey: fakeKey(1), secondarySharedKey: fakeKey(2) };
}

function busKeys(): Json {
  return {
    primaryKey: fakeKey(1),
    secondaryKey: fakeKey(2),
    primaryConnectionString: `Endpoint=sb://made-up/;SharedAccessKey=${fakeKey(1)}`,
    secondaryConnectionString: `Endpoint=sb://made-up/;SharedAccessKey=${fakeKey(2)}`,
    keyName: 'RootManageSharedAccessKey',
  };
}

function registryCredentials(): Json {
  return {
    username: 'registry',
    passwords: [
      { name: 'password', value: fakeKey(1) },
      { name: 'password2', value: fakeKey(2) },
    ],
  };
}
