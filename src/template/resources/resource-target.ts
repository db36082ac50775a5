import type { DeploymentContext } from '../deployment-context.ts';
import { evaluateString } from '../evaluate-string.ts';
import { deploymentTarget } from '../nested/deployment-target.ts';
import type { Scope } from '../scope.ts';
import { TemplateFault } from '../template-fault.ts';
import { getValue, type ObjectValue } from '../value.ts';
import { resourceIdIn, scopePrefix } from './resource-identity.ts';

export interface ResourceTarget {
  readonly id: string;
  readonly target: DeploymentContext;
  readonly extendedId: string | undefined;
}

interface Declared {
  readonly raw: ObjectValue;
  readonly scope: Scope;
  readonly type: string;
  readonly name: string;
  readonly context: DeploymentContext;
}

/** Where a resource is deployed to, and its ID there. */
export function resourceTarget({ raw, scope, type, name, context }: Declared): ResourceTarget {
  const text = (key: string) => evaluatedText(raw, key, scope);
  const target = deploymentTarget(
    {
      // An extension's scope is no place for a deployment, but the resource it extends.
      scope: undefined,
      subscriptionId: text('subscriptionId'),
      resourceGroup: text('resourceGroup'),
    },
    context,
  );
  const declaredScope = text('scope');
  if (declaredScope === undefined)
    return { id: resourceIdIn(scopePrefix(target), type, name), target, extendedId: undefined };
  const elsewhere = deploymentTarget(
    { scope: declaredScope, subscriptionId: undefined, resourceGroup: undefined },
    target,
  );
  if (elsewhere !== target)
    return { id: resourceIdIn(scopePrefix(elsewhere), type, name), target: elsewhere, extendedId: undefined };
  const extendedId = absoluteId(declaredScope, target);
  return { id: resourceIdIn(extendedId, type, name), target, extendedId };
}

/** An ID as `scope` and `dependsOn` may shorten it: `Namespace/type/name` means one in the same place. */
export function absoluteId(id: string, context: DeploymentContext): string {
  return id.startsWith('/') ? id.replace(/\/+$/, '') : `${scopePrefix(context)}/providers/${id}`;
}

export function evaluatedText(raw: ObjectValue, key: string, scope: Scope): string | undefined {
  const member = getValue(raw, key);
  if (member === undefined || member.kind === 'Null') return undefined;
  const value = member.kind === 'String' ? evaluateString(member, scope) : member;
  if (value.kind === 'String') return value.value;
  if (value.kind === 'Null') return undefined;
  throw new TemplateFault(`The '${key}' property is of type '${value.kind}'; it must be a String.`, {
    span: member.origin,
  });
}
