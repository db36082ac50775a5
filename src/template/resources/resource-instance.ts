import type { Span } from '../../base/span.ts';
import type { DeploymentContext } from '../deployment-context.ts';
import type { Scope } from '../scope.ts';
import { TemplateFault } from '../template-fault.ts';
import type { TemplateLevel } from '../template-level.ts';
import type { BooleanValue, ObjectValue, StringValue, Value } from '../value.ts';
import { evaluateBody } from './evaluate-body.ts';

export interface ResourceInstanceParts {
  readonly level: TemplateLevel;
  /** The declaration; several instances share it when it has a loop. */
  readonly raw: ObjectValue;
  /** The scope in which its body is evaluated. */
  readonly scope: Scope;
  readonly symbolicName: string | undefined;
  readonly loop: { readonly name: string; readonly index: number } | undefined;
  readonly type: string;
  readonly name: Value & { readonly kind: 'String' };
  readonly apiVersion: string | undefined;
  /** The same as evaluated, which tells whether it is made up. */
  readonly version: StringValue | undefined;
  readonly id: string;
  /** Where it is deployed to. */
  readonly target: DeploymentContext;
  readonly isExisting: boolean;
  /** Its condition. */
  readonly isWanted: boolean;
  /** The same as evaluated, which tells whether it is made up. */
  readonly condition: BooleanValue;
  /** What it extends, when its `scope` names a resource. */
  readonly extendedId: string | undefined;
}

type BodyState =
  | { readonly kind: 'pending' }
  | { readonly kind: 'evaluating' }
  | { readonly kind: 'done'; readonly body: ObjectValue };

/** One resource of a template, after loops; its body is evaluated when it is first needed. */
export class ResourceInstance {
  readonly parts: ResourceInstanceParts;
  /** Resources whose run-time state it reads by name. */
  readonly implicitDependencies = new Set<ResourceInstance>();
  #state: BodyState = { kind: 'pending' };

  constructor(parts: ResourceInstanceParts) {
    this.parts = parts;
  }

  get id(): string {
    return this.parts.id;
  }

  get type(): string {
    return this.parts.type;
  }

  get name(): string {
    return this.parts.name.value;
  }

  get origin(): Span | undefined {
    return this.parts.raw.origin;
  }

  /** Whether the deployment creates it. */
  get isDeployed(): boolean {
    return this.parts.isWanted && !this.parts.isExisting;
  }

  get isDeployment(): boolean {
    return /^microsoft\.resources\/deployments$/i.test(this.type);
  }

  /** The evaluated resource without null members. Members that cannot be evaluated are findings and left out. */
  body(): ObjectValue {
    if (this.#state.kind === 'done') return this.#state.body;
    if (this.#state.kind === 'evaluating') throw circularDependency(this.id);
    this.#state = { kind: 'evaluating' };
    const leave = this.parts.level.run.resources.enter(this);
    try {
      const body = evaluateBody(this);
      this.#state = { kind: 'done', body };
      return body;
    } finally {
      leave();
      if (this.#state.kind === 'evaluating') this.#state = { kind: 'pending' };
    }
  }
}

export function circularDependency(id: string): TemplateFault {
  return new TemplateFault(
    `Circular dependency detected on resource: '${id}'. Please see https://aka.ms/arm-syntax-resources for usage details.`,
    { azureCode: 'InvalidTemplateCircularDependency' },
  );
}
