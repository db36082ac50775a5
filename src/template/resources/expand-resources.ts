import { atPlace, azureFrames } from '../azure-messages.ts';
import { kinds } from '../diagnostics.ts';
import { evaluateString } from '../evaluate-string.ts';
import { isExpression } from '../expression/expression-text.ts';
import { chosenBy, isMadeUp } from '../runtime-values/made-up.ts';
import type { Scope } from '../scope.ts';
import { LimitFault, TemplateFault } from '../template-fault.ts';
import type { TemplateLevel } from '../template-level.ts';
import {
  type BooleanValue,
  booleanValue,
  getMember,
  getValue,
  type ObjectValue,
  type StringValue,
  type Value,
} from '../value.ts';
import { profileVersion } from './api-profiles.ts';
import { readResourceLoop } from './read-resource-loop.ts';
import { checkSegments, childName, childType, isForeignType } from './resource-identity.ts';
import { ResourceInstance } from './resource-instance.ts';
import { resourceTarget } from './resource-target.ts';

interface Declaration {
  readonly raw: ObjectValue;
  readonly symbolicName: string | undefined;
  readonly parent: Parent | undefined;
  readonly scope: Scope;
}

/** What a resource is declared inside. */
interface Parent {
  readonly instance: ResourceInstance;
  /** How many resources it is inside itself. */
  readonly depth: number;
}

type Loop = ResourceInstance['parts']['loop'];

export interface ExpandedResources {
  readonly instances: readonly ResourceInstance[];
  /** Some could not be expanded, so that what refers to them must not be blamed. */
  readonly isIncomplete: boolean;
}

/** Makes one instance of every resource of a template, or of every turn of its loop, children after their parents. */
export function expandResources(level: TemplateLevel): ExpandedResources {
  const expansion = new Expansion(level);
  expansion.section(level.sections.resources, undefined, level.scope);
  return expansion;
}

class Expansion implements ExpandedResources {
  readonly instances: ResourceInstance[] = [];
  isIncomplete = false;
  readonly #level: TemplateLevel;

  constructor(level: TemplateLevel) {
    this.#level = level;
  }

  section(section: Value | undefined, parent: Parent | undefined, scope: Scope): void {
    if (section?.kind === 'Array') {
      for (const raw of section.items) this.#declaration(raw, undefined, parent, scope);
    } else if (section?.kind === 'Object') {
      for (const [name, { value }] of section.members) this.#declaration(value, name, parent, scope);
    }
  }

  #declaration(raw: Value, symbolicName: string | undefined, parent: Parent | undefined, scope: Scope): void {
    if (raw.kind !== 'Object') {
      this.#level.run.findings.report(kinds.invalidResource, {
        message: `A resource must be an object; this one is of type '${raw.kind}'.`,
        span: raw.origin,
      });
      return;
    }
    const extension = getMember(raw, 'extension') ?? getMember(raw, 'import');
    if (extension !== undefined && !this.#isAzure(extension.value)) {
      this.#level.run.findings.report(kinds.sectionNotEvaluated, {
        message: `The resource '${nameText(raw, symbolicName)}' belongs to an extension and is left out.`,
        span: extension.keySpan ?? raw.origin,
      });
      return;
    }
    const declaration: Declaration = { raw, symbolicName, parent, scope };
    this.#guard(declaration, () => this.#turns(declaration));
  }

  #isAzure(alias: Value): boolean {
    return alias.kind === 'String' && this.#level.extensions.isAzure(alias.value);
  }

  #turns(declaration: Declaration): void {
    const copy = getValue(declaration.raw, 'copy');
    if (copy === undefined || copy.kind === 'Null') {
      this.#instance(declaration, declaration.scope, undefined);
      return;
    }
    if (declaration.parent !== undefined) this.#reportLoopOfChild(declaration, copy);
    const { name, turns } = readResourceLoop(copy, declaration, this.#level.run.findings);
    for (let index = 0; index < turns; index++) {
      const scope = declaration.scope.inResourceLoop(name, index);
      this.#guard(declaration, () => this.#instance(declaration, scope, { name, index }));
    }
  }

  #instance(declaration: Declaration, scope: Scope, loop: Loop): void {
    const depth = this.#depthOf(declaration);
    const parts = this.#parts(declaration, scope, loop);
    if (parts === undefined) return;
    const instance = new ResourceInstance(parts);
    const { limits } = this.#level.run.budget;
    if (this.instances.length >= limits.resources) {
      throw new LimitFault(`The number of resources exceeds the limit of ${limits.resources} for one template.`, {
        span: declaration.raw.origin,
        kind: kinds.limitExceeded,
      });
    }
    this.#level.run.budget.resource(declaration.raw.origin);
    this.instances.push(instance);
    this.#level.run.resources.add(instance);
    if (!instance.isDeployment) {
      this.section(getValue(declaration.raw, 'resources'), { instance, depth }, scope);
    }
  }

  #depthOf({ raw, symbolicName, parent }: Declaration): number {
    const depth = parent === undefined ? 0 : parent.depth + 1;
    const { childDepth } = this.#level.run.budget.limits;
    if (depth <= childDepth) return depth;
    throw new TemplateFault(
      `The resource '${nameText(raw, symbolicName)}' is declared inside ${depth} others; Azure takes ${childDepth} levels of children.`,
      { span: raw.origin, kind: kinds.limitExceeded, isFramed: true },
    );
  }

  /** A resource with a false condition may have a name that makes no sense; nothing is lost without it. */
  #parts(declaration: Declaration, scope: Scope, loop: Loop): ResourceInstance['parts'] | undefined {
    const condition = evaluateCondition(getValue(declaration.raw, 'condition'), scope);
    try {
      return instanceParts(this.#level, declaration, scope, loop, condition);
    } catch (error) {
      if (condition.value || !(error instanceof TemplateFault) || error instanceof LimitFault) throw error;
      this.isIncomplete = true;
      return undefined;
    }
  }

  #reportLoopOfChild({ raw, symbolicName }: Declaration, copy: Value): void {
    this.#level.run.findings.report(kinds.invalidCopy, {
      message: `The resource '${nameText(raw, symbolicName)}' is declared inside its parent and has a copy loop, which Azure refuses; declare it beside its parent with its full type and name.`,
      span: copy.origin,
    });
  }

  /** A resource that cannot be expanded is a finding; the others go on. */
  #guard({ raw, symbolicName }: Declaration, work: () => void): void {
    try {
      work();
    } catch (error) {
      if (!(error instanceof TemplateFault) || error instanceof LimitFault) throw error;
      this.isIncomplete = true;
      const name = nameText(raw, symbolicName);
      this.#level.run.findings.fault(
        error,
        kinds.invalidResource,
        (inner) => azureFrames.resource(name, raw.origin, inner),
        { span: raw.origin, what: `resource '${name}'`, consequence: 'The resource is left out.' },
      );
    }
  }
}

function instanceParts(
  level: TemplateLevel,
  declaration: Declaration,
  scope: Scope,
  loop: Loop,
  condition: BooleanValue,
): ResourceInstance['parts'] {
  const { raw, symbolicName } = declaration;
  const parent = declaration.parent?.instance;
  const isExisting = flag(raw, 'existing');
  const ownType = requiredText(raw, 'type', scope);
  const ownName = requiredText(raw, 'name', scope);
  reportTypeExpression(level, raw);
  const version = optionalText(raw, 'apiVersion', scope);
  const isForeign = parent !== undefined && isForeignType(parent.type, ownType.value);
  if (isForeign) reportForeignType(level, ownType, parent);
  const isChild = parent !== undefined && !isForeign;
  const type = isChild ? childType(parent.type, ownType.value) : ownType.value;
  const name = isChild ? childName(parent.name, ownName.value) : ownName.value;
  // What stands in for a part of a name need not have as many segments as that.
  if (!isMadeUp(ownName)) checkSegments(type, name, raw.origin);
  const apiVersion = version?.value ?? versionOfProfile(level, type);
  if (apiVersion === undefined) reportMissingVersion(level, raw, ownName.value);
  const { id, target, extendedId } = resourceTarget({ raw, scope, type, name, context: level.target });
  return {
    level,
    raw,
    scope,
    symbolicName,
    loop,
    type,
    name: { ...ownName, value: name, ...(isChild && parent.parts.name.secret ? { secret: true } : {}) },
    apiVersion,
    version,
    id,
    target,
    isExisting,
    isWanted: condition.value,
    condition,
    extendedId,
  };
}

function evaluateCondition(raw: Value | undefined, scope: Scope): BooleanValue {
  if (raw === undefined) return booleanValue(true);
  const value = raw.kind === 'String' ? evaluateString(raw, scope) : raw;
  if (value.kind === 'Boolean') return value;
  // Nobody told what it depends on; with the resource there is more to look at.
  if (isMadeUp(value)) return chosenBy(booleanValue(true), value);
  throw new TemplateFault(`The 'condition' is of type '${value.kind}'; it must be a Boolean.`, { span: raw.origin });
}

function requiredText(raw: ObjectValue, key: string, scope: Scope): StringValue {
  const text = optionalText(raw, key, scope);
  if (text !== undefined && text.value !== '') return text;
  throw new TemplateFault(`The '${key}' property is required and must not be empty.`, {
    span: getValue(raw, key)?.origin ?? raw.origin,
  });
}

function optionalText(raw: ObjectValue, key: string, scope: Scope): StringValue | undefined {
  const member = getValue(raw, key);
  if (member === undefined || member.kind === 'Null') return undefined;
  const value = member.kind === 'String' ? evaluateString(member, scope) : member;
  if (value.kind === 'String') return value;
  throw new TemplateFault(`The '${key}' property is of type '${value.kind}'; it must be a String.`, {
    span: member.origin,
  });
}

function reportTypeExpression(level: TemplateLevel, raw: ObjectValue): void {
  const type = getValue(raw, 'type');
  if (type?.kind !== 'String' || !isExpression(type.value)) return;
  level.run.findings.report(kinds.invalidResource, {
    message: 'The type property cannot be an expression; write the resource type itself.',
    span: type.origin,
  });
}

/** With an `apiProfile`, resources without a version take the profile's. */
function versionOfProfile({ sections }: TemplateLevel, type: string): string | undefined {
  return sections.apiProfile === undefined ? undefined : profileVersion(sections.apiProfile, type);
}

/** A profile may know versions that are not known here. */
function reportMissingVersion(level: TemplateLevel, raw: ObjectValue, name: string): void {
  if (level.sections.apiProfile !== undefined) return;
  level.run.findings.report(kinds.invalidResource, {
    message: `Template validation failed: Required property 'apiVersion' not found in the resource '${name}'${atPlace(raw.origin)}.`,
    span: getValue(raw, 'type')?.origin ?? raw.origin,
  });
}

function reportForeignType(level: TemplateLevel, type: StringValue, parent: ResourceInstance): void {
  level.run.findings.report(kinds.foreignChild, {
    message: `A resource of type '${type.value}' is declared inside one of type '${parent.type}', whose child it is not; declare it beside it.`,
    span: type.origin,
  });
}

/** How a declaration is called in messages before its name is evaluated. */
function nameText(raw: ObjectValue, symbolicName: string | undefined): string {
  const name = getValue(raw, 'name');
  return name?.kind === 'String' ? name.value : (symbolicName ?? '');
}

function flag(raw: ObjectValue, key: string): boolean {
  const value = getValue(raw, key);
  return value?.kind === 'Boolean' && value.value;
}
