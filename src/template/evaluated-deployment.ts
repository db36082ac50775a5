import type { Span } from '../base/span.ts';
import type { DeploymentScope } from './deployment-context.ts';
import type { ObjectValue, Value } from './value.ts';

/** A resource as Azure Resource Manager would send it to its provider: everything evaluated, null members dropped. */
export interface DeployedResource {
  /** Full resource ID. */
  readonly id: string;
  /** Full type, as `Microsoft.Network/virtualNetworks/subnets`. */
  readonly type: string;
  /** Full name, as `vnet1/subnet1`. */
  readonly name: string;
  readonly apiVersion: string | undefined;
  readonly location: string | undefined;
  /** The whole evaluated resource: `properties`, `sku`, `zones`, `identity`, `tags` and so on. */
  readonly body: ObjectValue;
  /** Names of the nested deployments it stands in, outermost first; empty at the top. */
  readonly deploymentPath: readonly string[];
  readonly scope: DeploymentScope;
  /** Symbolic name, in templates of language version 2.0. */
  readonly symbolicName: string | undefined;
  /** Where the resource is declared. */
  readonly origin: Span | undefined;
  /** IDs of the resources it waits for; those with a false condition are dropped. */
  readonly dependsOn?: readonly string[];
}

export interface DeploymentOutput {
  /** The declared type: `string`, `object`, `secureObject` … */
  readonly type: string;
  readonly value: Value;
}

/** What a template comes to. */
export interface EvaluatedDeployment {
  /** Of all levels of nesting, in order of declaration; resources with a false condition are left out. */
  readonly resources: readonly DeployedResource[];
  readonly outputs: ReadonlyMap<string, DeploymentOutput>;
}
