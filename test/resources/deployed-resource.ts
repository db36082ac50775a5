import { SourceText } from '../../src/base/span.ts';
import type { DeployedResource } from '../../src/template/evaluated-deployment.ts';
import { readJson } from '../../src/template/read-json.ts';
import { fromJson, getValue, type ObjectValue, type Value } from '../../src/template/value.ts';

export const subscriptionId = '00000000-0000-0000-0000-000000000000';

/** The ID that a resource has in the tests' subscription and resource group. */
export function resourceId(type: string, ...names: readonly string[]): string {
  const [namespace, ...types] = type.split('/');
  const segments = types.flatMap((segment, index) => [segment, names[index]]);
  return `/subscriptions/${subscriptionId}/resourceGroups/agate/providers/${namespace}/${segments.join('/')}`;
}

export interface ResourceJson {
  readonly type: string;
  readonly name: string;
  readonly apiVersion?: string;
  readonly location?: string;
  readonly [member: string]: unknown;
}

/** A deployed resource without places in a text. */
export function deploy(json: ResourceJson): DeployedResource {
  return resourceOf(fromJson(json));
}

/** A deployed resource as read from a text, so that findings have lines and columns. */
export function deployText(text: string): DeployedResource {
  return resourceOf(readText(text));
}

export function readText(text: string): Value {
  const { value } = readJson(new SourceText('gateway.json', text));
  if (value === undefined) throw new Error('the text is no JSON');
  return value;
}

function resourceOf(body: Value): DeployedResource {
  if (body.kind !== 'Object') throw new Error('a resource is an object');
  const type = textOf(body, 'type') ?? '';
  const name = textOf(body, 'name') ?? '';
  return {
    id: resourceId(type, ...name.split('/')),
    type,
    name,
    apiVersion: textOf(body, 'apiVersion'),
    location: textOf(body, 'location'),
    body,
    deploymentPath: [],
    scope: 'resourceGroup',
    symbolicName: undefined,
    origin: body.origin,
  };
}

function textOf(body: ObjectValue, key: string): string | undefined {
  const value = getValue(body, key);
  return value?.kind === 'String' ? value.value : undefined;
}
