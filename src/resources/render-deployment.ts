import { sameName } from '../base/case-insensitive-map.ts';
import type { DeployedResource, EvaluatedDeployment } from '../template/evaluated-deployment.ts';
import { getValue, type Json, redacted, toJson } from '../template/value.ts';

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
 * A deployment as plain JSON, secrets redacted.
 *
 * @param type only resources of this type, without outputs
 */
export function renderDeployment(
  deployment: EvaluatedDeployment,
  type?: string,
): RenderedDeployment | readonly RenderedResource[] {
  if (type !== undefined) return deployment.resources.filter((each) => sameName(each.type, type)).map(renderResource);
  return { resources: deployment.resources.map(renderResource), outputs: renderOutputs(deployment) };
}

export function renderOutputs({ outputs }: EvaluatedDeployment): RenderedDeployment['outputs'] {
  return Object.fromEntries(
    Array.from(outputs, ([name, { type, value }]) => [name, { type, value: toJson(value, { redact: true }) }]),
  );
}

export function renderResource({ type, name, id, apiVersion, body }: DeployedResource): RenderedResource {
  const members = Array.from(body.members, ([key, { value }]) => [key, toJson(value, { redact: true })] as const);
  const identity = getValue(body, 'name')?.secret ? { name: redacted, id: redacted } : { name, id };
  return { ...Object.fromEntries(members), type, ...identity, apiVersion };
}
