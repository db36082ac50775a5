import { foldCase } from '../../base/case-insensitive-map.ts';
import { foldId } from '../../base/resource-id.ts';
import type { DeploymentContext } from '../deployment-context.ts';
import { canonicalId, unqualifiedId } from './resource-identity.ts';
import type { ResourceInstance } from './resource-instance.ts';
import { absoluteId } from './resource-target.ts';

const symbolWithIndex = /^(.+)\[(\d+)\]$/;

/** Whether a text is an ID or the part of one behind `/providers/`, and not a mere name. */
export function looksLikeId(text: string): boolean {
  return text.startsWith('/') || /^[A-Za-z0-9]+(\.[A-Za-z0-9]+)+\/[^/]+\/[^/]+/.test(text);
}

/** The resources of one template by everything they can be called in it. */
export class ResourceNames {
  readonly #target: DeploymentContext;
  readonly #byId = new Map<string, ResourceInstance[]>();
  readonly #byUnqualifiedId = new Map<string, ResourceInstance[]>();
  readonly #bySymbol = new Map<string, ResourceInstance[]>();
  readonly #byLoop = new Map<string, ResourceInstance[]>();
  readonly #byName = new Map<string, ResourceInstance[]>();
  readonly #byLastSegment = new Map<string, ResourceInstance[]>();

  /** @param target where the template's resources go: names without a scope belong there */
  constructor(instances: readonly ResourceInstance[], target: DeploymentContext) {
    this.#target = target;
    for (const instance of instances) this.#add(instance);
  }

  /** The instances of a symbolic name, or the one that `name[i]` means. */
  bySymbol(text: string): readonly ResourceInstance[] {
    const exact = find(this.#bySymbol, foldCase(text));
    if (exact.length > 0) return exact;
    const [, symbol = '', index] = symbolWithIndex.exec(text) ?? [];
    return find(this.#bySymbol, foldCase(symbol)).filter(({ parts }) => parts.loop?.index === Number(index));
  }

  /** The instances that an ID, `Namespace/type/name` or `Namespace/type/type/name/name` means. */
  byId(text: string): readonly ResourceInstance[] {
    const matching = find(this.#byId, foldId(canonicalId(absoluteId(text, this.#target))));
    return matching.length > 0 || text.startsWith('/') ? matching : find(this.#byUnqualifiedId, foldId(text));
  }

  /** The instances of a copy loop. */
  byLoop(name: string): readonly ResourceInstance[] {
    return find(this.#byLoop, foldCase(name));
  }

  /** The instances with a full name or, when there are none, with that last segment of a name. */
  byName(name: string): readonly ResourceInstance[] {
    const full = find(this.#byName, foldCase(name));
    return full.length > 0 ? full : find(this.#byLastSegment, foldCase(name));
  }

  /** What a misspelt name can be compared with. */
  *suggestions(): Generator<string> {
    for (const [instance] of this.#byId.values()) {
      if (instance !== undefined) yield* [instance.id, instance.name];
    }
  }

  #add(instance: ResourceInstance): void {
    const { id, type, name, parts } = instance;
    add(this.#byId, foldId(id), instance);
    add(this.#byUnqualifiedId, foldId(unqualifiedId(type, name)), instance);
    if (name.includes('/')) add(this.#byUnqualifiedId, foldId(`${type}/${name}`), instance);
    if (parts.symbolicName !== undefined) add(this.#bySymbol, foldCase(parts.symbolicName), instance);
    if (parts.loop !== undefined) add(this.#byLoop, foldCase(parts.loop.name), instance);
    add(this.#byName, foldCase(name), instance);
    add(this.#byLastSegment, foldCase(name.slice(name.lastIndexOf('/') + 1)), instance);
  }
}

function find(index: ReadonlyMap<string, ResourceInstance[]>, key: string): readonly ResourceInstance[] {
  return index.get(key) ?? [];
}

function add(index: Map<string, ResourceInstance[]>, key: string, instance: ResourceInstance): void {
  const known = index.get(key);
  if (known === undefined) index.set(key, [instance]);
  else known.push(instance);
}
