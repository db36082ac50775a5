import { sameName } from '../base/case-insensitive-map.ts';
import type { Span } from '../base/span.ts';
import { kinds } from './diagnostics.ts';
import type { ListRequest, ReferenceRequest } from './evaluation-context.ts';
import type { ResourceInstance } from './resources/resource-instance.ts';
import { looksLikeId } from './resources/resource-names.ts';
import { absoluteId } from './resources/resource-target.ts';
import { listedValues } from './runtime-values/list-values.ts';
import { RuntimeState } from './runtime-values/runtime-state.ts';
import { unknownValue } from './runtime-values/runtime-value.ts';
import { TemplateFault } from './template-fault.ts';
import type { TemplateLevel } from './template-level.ts';
import { arrayValue, objectValue, stringValue, type Value } from './value.ts';

/** What `reference()`, `references()`, `list*()` and `resourceInfo()` answer inside one template. */
export class References {
  readonly #level: TemplateLevel;

  constructor(level: TemplateLevel) {
    this.#level = level;
  }

  reference({ target, apiVersion, full, site }: ReferenceRequest): Value {
    const state = this.#known(this.#stateOf(target, 'reference', site), site);
    if (apiVersion === undefined) this.#checkVersion(state, site);
    return full ? state.full(apiVersion, site) : state.properties(site);
  }

  /** The members of a loop, those with a false condition left out. */
  loop(symbol: string, full: boolean, site: Span | undefined): Value {
    const members = this.#level.resources.filter(
      ({ parts }) => parts.loop !== undefined && sameName(parts.symbolicName ?? parts.loop.name, symbol),
    );
    if (members.length === 0 && !this.#declares(symbol)) throw notFound(symbol, site);
    const states = members
      .filter(({ parts }) => parts.isWanted)
      .map((member) => this.#stateOfInstance(member, 'references'));
    return arrayValue(states.map((state) => (full ? state.full(undefined, site) : state.properties(site))));
  }

  list(request: ListRequest): Value {
    const state = this.#known(this.#stateOf(request.target, request.functionName, request.site), request.site);
    return listedValues(state, request);
  }

  unknownAnswer({ functionName, target, site }: Omit<ListRequest, 'apiVersion'>): Value {
    const id = looksLikeId(target) ? absoluteId(target, this.#level.target) : target;
    const { source } = RuntimeState.ofUndeclared(id, this.#level, functionName);
    return unknownValue({ source, path: [] }, site, !sameName(functionName, 'reference'));
  }

  resourceInfo(symbol: string, site: Span | undefined): Value {
    const [instance] = this.#level.names.bySymbol(symbol);
    if (instance === undefined) throw notFound(symbol, site);
    const { id, type, name, parts } = instance;
    return objectValue([
      ['id', stringValue(id)],
      ['name', stringValue(name.slice(name.lastIndexOf('/') + 1))],
      ['type', stringValue(type)],
      ['apiVersion', stringValue(parts.apiVersion ?? '')],
    ]);
  }

  /** Azure asks for the state of a resource that it has skipped as well, and fails when there is none. */
  #known(state: RuntimeState, site: Span | undefined): RuntimeState {
    const { findings, options } = this.#level.run;
    const fault = state.skippedFault(site);
    if (fault === undefined) return state;
    if (!options.placeholders) throw fault;
    findings.fault(fault, kinds.skippedResource, (inner) => inner, { what: `'${state.resource.name}'` });
    return state;
  }

  /** Of a resource of the template the declared version is taken; where some are missing, it may be one of those. */
  #checkVersion(state: RuntimeState, site: Span | undefined): void {
    if (!state.isOutside || this.#level.isIncomplete) return;
    throw new TemplateFault(
      `reference('${state.resource.id}') needs an 'apiVersion', because the template does not declare that resource. Please see https://aka.ms/arm-function-reference for usage details.`,
      { span: site, kind: kinds.invalidExpression, isFramed: true },
    );
  }

  #stateOf(target: string, functionName: string, site: Span | undefined): RuntimeState {
    const symbolic = this.#level.names.bySymbol(target);
    if (symbolic.length > 0) return this.#stateOfNamed(symbolic, target, functionName, site);
    if (looksLikeId(target)) return this.#stateOfId(absoluteId(target, this.#level.target), functionName);
    return this.#stateOfNamed(this.#named(target), target, functionName, site);
  }

  #stateOfNamed(
    found: readonly ResourceInstance[],
    target: string,
    functionName: string,
    site: Span | undefined,
  ): RuntimeState {
    const wanted = found.filter(({ parts }) => parts.isWanted);
    const [instance] = wanted.length > 0 ? wanted : found;
    if (instance === undefined) {
      if (this.#level.run.references.has(target)) return this.#stateOfId(target, functionName);
      throw notFound(target, site);
    }
    if (wanted.length > 1) {
      throw new TemplateFault(
        `The template reference '${target}' is not valid: ${wanted.length} resources of the template have this name. Use the ID of the one that is meant.`,
        { span: site, related: wanted.map(({ id, origin }) => ({ message: `'${id}'.`, span: origin })) },
      );
    }
    // Azure waits for what is referenced by name, but not for what is referenced by ID.
    const { active } = this.#level.run.resources;
    const isBeside = active?.parts.level === instance.parts.level && active !== instance;
    if (isBeside) active?.implicitDependencies.add(instance);
    return this.#stateOfInstance(instance, functionName);
  }

  /** In outer scope, what a nested template declares is found by its name too. */
  #named(name: string): readonly ResourceInstance[] {
    const own = this.#level.names.byName(name);
    return own.length > 0 ? own : this.#level.outerScopeLevels.flatMap(({ names }) => names.byName(name));
  }

  #stateOfId(id: string, functionName: string): RuntimeState {
    const instance = this.#level.run.resources.find(id);
    return instance === undefined
      ? RuntimeState.ofUndeclared(id, this.#level, functionName)
      : this.#stateOfInstance(instance, functionName);
  }

  #stateOfInstance(instance: ResourceInstance, functionName: string): RuntimeState {
    return RuntimeState.ofInstance(instance, functionName);
  }

  /** Whether a loop is declared at all, even when it has no turns. */
  #declares(symbol: string): boolean {
    const section = this.#level.sections.resources;
    return section?.kind === 'Object' && [...section.members.keys()].some((name) => sameName(name, symbol));
  }
}

function notFound(target: string, site: Span | undefined): TemplateFault {
  return new TemplateFault(
    `The template reference '${target}' is not valid: could not find template resource or resource copy with this name. Please see https://aka.ms/arm-function-reference for usage details.`,
    { span: site },
  );
}
