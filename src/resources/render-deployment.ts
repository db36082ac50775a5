import { sameName } from '../base/case-insensitive-map.ts';
import type { DeployedResource, EvaluatedDeployment } from '../template/evaluated-deployment.ts';
import {
  arrayValue,
  getValue,
  type Json,
  type Member,
  type ObjectValue,
  objectValue,
  redacted,
  stringValue,
  toJson,
  type Value,
} from '../template/value.ts';

/** A resource as it would be sent, with its full type, name and ID. */
export interface RenderedResource {
  readonly type: string;
  readonly name: string;
  readonly id: string;
  readonly apiVersion?: string | undefined;
  readonly [member: string]: Json | undefined;
}

export interface RenderedDeployment {
  readonly resources: readonly RenderedResource[];
  readonly outputs: Readonly<Record<string, { readonly type: string; readonly value: Json }>>;
}

/**
 * The resources and outputs of a deployment as one value. Secrets are in it, marked.
 *
 * @param type only resources of this type, without outputs
 */
export function deploymentValue({ resources, outputs }: EvaluatedDeployment, type?: string): Value {
  if (type !== undefined) {
    return arrayValue(resources.filter((each) => sameName(each.type, type)).map(resourceValue));
  }
  const outputValues = Array.from(outputs, ([name, output]) => [name, outputValue(output)] as const);
  return objectValue([
    ['resources', arrayValue(resources.map(resourceValue))],
    ['outputs', objectValue(outputValues)],
  ]);
}

/** A deployment as plain JSON, secrets redacted. */
export function renderDeployment(deployment: EvaluatedDeployment): RenderedDeployment {
  const outputs = Array.from(deployment.outputs, ([name, { type, value }]) => [
    name,
    { type, value: toJson(value, { redact: true }) },
  ]);
  return { resources: deployment.resources.map(renderResource), outputs: Object.fromEntries(outputs) };
}

export function renderResource(resource: DeployedResource): RenderedResource {
  return { ...(toJson(resourceValue(resource), { redact: true }) as object), ...identityOf(resource) };
}

function outputValue({ type, value }: { readonly type: string; readonly value: Value }): ObjectValue {
  return objectValue([
    ['type', stringValue(type)],
    ['value', value],
  ]);
}

function resourceValue(resource: DeployedResource): ObjectValue {
  const members = new Map<string, Member>(resource.body.members);
  for (const [key, text] of Object.entries(identityOf(resource))) {
    if (text !== undefined) members.set(key, { value: stringValue(text) });
  }
  return { ...resource.body, members };
}

/** A name that a secret went into is no more shown in the ID than by itself. */
function identityOf({ type, name, id, apiVersion, body }: DeployedResource) {
  const isSecret = getValue(body, 'name')?.secret === true;
  return { type, name: isSecret ? redacted : name, id: isSecret ? redacted : id, apiVersion };
}
