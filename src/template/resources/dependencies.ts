import { sameName } from '../../base/case-insensitive-map.ts';
import { nearestName } from '../../base/nearest-name.ts';
import type { Span } from '../../base/span.ts';
import { azureFrames } from '../azure-messages.ts';
import { kinds } from '../diagnostics.ts';
import { evaluateValue } from '../evaluate-value.ts';
import { LimitFault, TemplateFault } from '../template-fault.ts';
import type { TemplateLevel } from '../template-level.ts';
import { getValue, type StringValue, type Value } from '../value.ts';
import type { ResourceInstance } from './resource-instance.ts';
import { looksLikeId } from './resource-names.ts';

interface CircleSearch {
  /** From the resource that the search began with to the one it is at. */
  readonly trail: Set<ResourceInstance>;
  readonly finished: Set<ResourceInstance>;
  readonly reported: Set<ResourceInstance>;
}

/** A template with more wrong names than this has no typing errors; looking for what was meant would take long. */
const namesLookedFor = 50;

/**
 * What each resource of a template waits for.
 *
 * https://learn.microsoft.com/azure/azure-resource-manager/templates/resource-dependency
 */
export class Dependencies {
  readonly #level: TemplateLevel;
  readonly #explicit = new Map<ResourceInstance, readonly ResourceInstance[]>();
  /** What was meant by names that nothing has, to look for each only once. */
  readonly #nearest = new Map<string, string | undefined>();

  constructor(level: TemplateLevel) {
    this.#level = level;
    for (const instance of level.resources) this.#explicit.set(instance, this.#read(instance));
  }

  /** Everything a resource waits for directly, what it reads by name included. */
  of(instance: ResourceInstance): readonly ResourceInstance[] {
    return [...new Set([...(this.#explicit.get(instance) ?? []), ...instance.implicitDependencies])];
  }

  /** As sent to Azure: nothing waits for what is not deployed, but what an existing resource waits for counts. */
  effectiveIdsOf(instance: ResourceInstance): readonly string[] {
    const ids = new Set<string>();
    this.#collect(instance, ids, new Set());
    return [...ids];
  }

  /** Reports one circle of those that share a resource, at the resource declared first in it. */
  reportCircles(): void {
    const search: CircleSearch = { trail: new Set(), finished: new Set(), reported: new Set() };
    for (const instance of this.#level.resources) this.#visit(instance, search);
  }

  #collect(instance: ResourceInstance, ids: Set<string>, seen: Set<ResourceInstance>): void {
    if (seen.has(instance)) return;
    seen.add(instance);
    for (const dependency of this.of(instance)) {
      if (dependency.isDeployed) ids.add(dependency.id);
      else if (dependency.parts.isExisting) this.#collect(dependency, ids, seen);
    }
  }

  #visit(instance: ResourceInstance, search: CircleSearch): void {
    const { trail, finished, reported } = search;
    if (finished.has(instance) || !instance.parts.isWanted) return;
    if (trail.has(instance)) {
      // Resources that all wait for one another form more circles than anybody could read.
      if (reported.has(instance)) return;
      const members = [...trail];
      const circle = members.slice(members.indexOf(instance));
      for (const member of circle) reported.add(member);
      this.#reportCircle(circle);
      return;
    }
    trail.add(instance);
    for (const dependency of this.of(instance)) this.#visit(dependency, search);
    trail.delete(instance);
    finished.add(instance);
  }

  #reportCircle(circle: readonly ResourceInstance[]): void {
    const [first, ...others] = circle;
    if (first === undefined) return;
    const chain = [...circle, first].map(({ name }) => `'${name}'`).join(' -> ');
    this.#level.run.findings.report(kinds.circularDependency, {
      message: `${azureFrames.validation(`Circular dependency detected on resource: '${first.id}'. Please see https://aka.ms/arm-syntax-resources for usage details.`)} ${chain}.`,
      span: first.origin,
      related: others.map((instance) => ({ message: `'${instance.name}' takes part in it.`, span: instance.origin })),
    });
  }

  #read(instance: ResourceInstance): readonly ResourceInstance[] {
    const found = new Set<ResourceInstance>();
    for (const entry of this.#entries(instance)) {
      for (const dependency of this.#resolve(instance, entry)) if (dependency !== instance) found.add(dependency);
    }
    const { extendedId } = instance.parts;
    if (extendedId !== undefined) for (const extended of this.#level.names.byId(extendedId)) found.add(extended);
    return [...found];
  }

  /** `dependsOn` is an array of texts, or an expression that gives one. */
  #entries(instance: ResourceInstance): readonly StringValue[] {
    const raw = getValue(instance.parts.raw, 'dependsOn');
    if (raw === undefined || raw.kind === 'Null') return [];
    try {
      const value = evaluateValue(raw, instance.parts.scope, (fault, _path, place) =>
        this.#reportFault(instance, fault, place),
      );
      if (value.kind === 'Array') return value.items.filter((item) => this.#isText(instance, item));
      throw new TemplateFault(`'dependsOn' is of type '${value.kind}'; it must be an array.`, { span: raw.origin });
    } catch (error) {
      if (!(error instanceof TemplateFault) || error instanceof LimitFault) throw error;
      this.#reportFault(instance, error, raw.origin);
      return [];
    }
  }

  #isText(instance: ResourceInstance, item: Value): item is StringValue {
    if (item.kind === 'String') return true;
    if (item.kind !== 'Null') {
      const fault = new TemplateFault(`An entry of 'dependsOn' is of type '${item.kind}'; it must be a String.`);
      this.#reportFault(instance, fault, item.origin);
    }
    return false;
  }

  #resolve(instance: ResourceInstance, entry: StringValue): readonly ResourceInstance[] {
    const { names, run } = this.#level;
    run.budget.step(entry.origin);
    const text = entry.value;
    const bySymbol = names.bySymbol(text);
    if (bySymbol.length > 0) return bySymbol;
    if (looksLikeId(text)) {
      const byId = names.byId(text);
      return byId.length > 0 ? byId : this.#unknown(instance, entry);
    }
    const byLoop = names.byLoop(text);
    if (byLoop.length > 0) return byLoop;
    const byName = names.byName(text);
    return byName.length > 0 ? byName : this.#unknown(instance, entry);
  }

  #unknown(instance: ResourceInstance, entry: StringValue): readonly ResourceInstance[] {
    // A resource that was left out for a fault of its own explains why it is not found here.
    if (this.#level.isIncomplete) return [];
    const nearest = this.#nearestTo(entry.value);
    this.#level.run.findings.report(kinds.unknownDependency, {
      message: azureFrames.validation(
        `The resource '${entry.value}' is not defined in the template. Please see https://aka.ms/arm-template for usage details.`,
      ),
      span: entry.origin,
      path: 'dependsOn',
      related: [{ message: `'${instance.name}' depends on it.`, span: instance.origin }],
      hint: nearest === undefined ? undefined : `Did you mean '${nearest}'?`,
    });
    return [];
  }

  #nearestTo(name: string): string | undefined {
    if (!this.#nearest.has(name) && this.#nearest.size < namesLookedFor) {
      this.#nearest.set(name, nearestResource(name, [...this.#level.names.suggestions()]));
    }
    return this.#nearest.get(name);
  }

  #reportFault({ name, origin }: ResourceInstance, fault: TemplateFault, place: Span | undefined): void {
    this.#level.run.findings.fault(fault, kinds.invalidResource, (inner) => azureFrames.resource(name, origin, inner), {
      span: place,
      path: 'dependsOn',
      what: `resource '${name}'`,
    });
  }
}

/** Of an ID, only the name at its end is likely to be misspelt: a resource of another type is not what was meant. */
function nearestResource(text: string, known: readonly string[]): string | undefined {
  if (!looksLikeId(text)) return nearestName(text, known);
  const [type, name] = splitId(text);
  const ofType = new Map(
    known.filter(looksLikeId).flatMap((id) => (sameName(splitId(id)[0], type) ? [[splitId(id)[1], id] as const] : [])),
  );
  return ofType.get(nearestName(name, ofType.keys()) ?? '');
}

/** What stands before the last name of an ID, from its provider on, and that name. */
function splitId(id: string): readonly [string, string] {
  const qualified = id.slice(id.toLowerCase().lastIndexOf('/providers/') + 1).replace(/^providers\//i, '');
  const end = qualified.lastIndexOf('/') + 1;
  return [qualified.slice(0, end), qualified.slice(end)];
}
