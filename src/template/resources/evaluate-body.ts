import { foldCase, sameName } from '../../base/case-insensitive-map.ts';
import { renderPath } from '../../base/json-path.ts';
import { azureFrames } from '../azure-messages.ts';
import { kinds } from '../diagnostics.ts';
import { evaluateValue, type LeaveOut } from '../evaluate-value.ts';
import { withinSize } from '../expression/value-weight.ts';
import { withLeftOutOf } from '../left-out.ts';
import { isMadeUp } from '../runtime-values/made-up.ts';
import { type Member, type ObjectValue, stringValue } from '../value.ts';
import { dropNulls } from './drop-nulls.ts';
import type { ResourceInstance } from './resource-instance.ts';

/** Members of a declaration that tell Azure Resource Manager what to do and are not sent to the resource's provider. */
const instructions = new Set(
  [
    '@options',
    'apiVersion',
    'asserts',
    'comments',
    'condition',
    'copy',
    'dependsOn',
    'existing',
    'extension',
    'import',
    'metadata',
    'name',
    'resources',
    'scope',
    'type',
  ].map(foldCase),
);

/** A nested deployment's own parts are evaluated by that deployment. */
const deploymentInstructions = new Set(['properties', 'resourceGroup', 'subscriptionId'].map(foldCase));

/** Evaluates a declaration into the resource that is sent to its provider. */
export function evaluateBody(instance: ResourceInstance): ObjectValue {
  const { scope, level } = instance.parts;
  const raw = declaredMembers(instance);
  const body = evaluateValue(raw, scope.atPlace('resourceBody'), reportLeftOut(instance));
  const evaluated = body.kind === 'Object' ? body : raw;
  const { budget } = level.run;
  return dropNulls(withIdentity(instance, withinSize(evaluated, budget, instance.origin)), budget);
}

function declaredMembers(instance: ResourceInstance): ObjectValue {
  const { raw } = instance.parts;
  const members = new Map<string, Member>();
  for (const [key, member] of raw.members) {
    if (instructions.has(foldCase(key))) continue;
    if (instance.isDeployment && deploymentInstructions.has(foldCase(key))) continue;
    members.set(key, member);
  }
  return { ...raw, members };
}

/** Puts what was evaluated before in front: name and type in full, so that a child reads like any other resource. */
function withIdentity({ parts }: ResourceInstance, body: ObjectValue): ObjectValue {
  const { raw, type, name, apiVersion, version } = parts;
  const members = new Map<string, Member>();
  members.set('type', { ...memberOf(raw, 'type'), value: stringValue(type, memberOf(raw, 'type')?.value.origin) });
  if (apiVersion !== undefined) {
    const declared = memberOf(raw, 'apiVersion');
    members.set('apiVersion', {
      ...declared,
      value: version !== undefined && isMadeUp(version) ? version : stringValue(apiVersion, declared?.value.origin),
    });
  }
  members.set('name', { ...memberOf(raw, 'name'), value: name });
  for (const [key, member] of body.members) members.set(key, member);
  return withLeftOutOf(body, { ...body, members });
}

function memberOf(object: ObjectValue, key: string): Member | undefined {
  for (const [spelled, member] of object.members) if (sameName(spelled, key)) return member;
  return undefined;
}

/** Reports a part of a body that cannot be evaluated, and that the rest goes on without it. */
export function reportLeftOut({ id, origin, name, parts }: ResourceInstance): LeaveOut {
  return (fault, path, place) => {
    parts.level.run.findings.fault(
      fault,
      kinds.propertyLeftOut,
      (inner) => azureFrames.resourceBody(id, origin, inner),
      {
        span: place,
        path: renderPath(path),
        what: `resource '${name}'`,
        consequence: `Left out: ${renderPath(path)}.`,
      },
    );
  };
}
