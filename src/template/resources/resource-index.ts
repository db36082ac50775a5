import { foldId } from '../../base/resource-id.ts';
import type { TemplateLevel } from '../template-level.ts';
import { canonicalId } from './resource-identity.ts';
import type { ResourceInstance } from './resource-instance.ts';

/** All resources of an evaluation by ID, whatever template declares them. */
export class ResourceIndex {
  readonly #byId = new Map<string, ResourceInstance[]>();
  /** Nested deployments whose templates nobody has looked into yet. */
  readonly #unopened = new Set<ResourceInstance>();
  readonly #active: ResourceInstance[] = [];

  add(instance: ResourceInstance): void {
    const key = foldId(instance.id);
    const known = this.#byId.get(key);
    if (known === undefined) this.#byId.set(key, [instance]);
    else known.push(instance);
    if (instance.isDeployment && instance.isDeployed) this.#unopened.add(instance);
  }

  /** Of several resources with an ID the one that is deployed; looks into nested deployments when it has to. */
  find(id: string): ResourceInstance | undefined {
    const key = foldId(canonicalId(id));
    const known = this.#best(key);
    if (known !== undefined) return known;
    for (const deployment of this.#unopened) {
      this.#unopened.delete(deployment);
      const level: TemplateLevel | undefined = deployment.parts.level.nestedLevel(deployment);
      level?.expand();
      const found = this.#best(key);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** The resource with an ID, among those found so far. */
  known(id: string): ResourceInstance | undefined {
    return this.#best(foldId(id));
  }

  opened(deployment: ResourceInstance): void {
    this.#unopened.delete(deployment);
  }

  /** Notes that a resource's body is being evaluated; the result ends that. */
  enter(instance: ResourceInstance): () => void {
    this.#active.push(instance);
    return () => {
      this.#active.pop();
    };
  }

  /** The resource whose body is being evaluated. */
  get active(): ResourceInstance | undefined {
    return this.#active.at(-1);
  }

  #best(key: string): ResourceInstance | undefined {
    const candidates = this.#byId.get(key);
    return candidates?.find((candidate) => candidate.isDeployed) ?? candidates?.[0];
  }
}
