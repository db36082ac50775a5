import { foldCase } from '../../base/case-insensitive-map.ts';
import { fullTypeOf, parseResourceId } from '../../base/resource-id.ts';
import type { Span } from '../../base/span.ts';
import { kinds } from '../diagnostics.ts';
import { deploymentProperties } from '../nested/deployment-properties.ts';
import { unqualifiedId } from '../resources/resource-identity.ts';
import type { ResourceInstance } from '../resources/resource-instance.ts';
import { TemplateFault } from '../template-fault.ts';
import type { TemplateLevel } from '../template-level.ts';
import { getMember, getValue, type Member, type ObjectValue, objectValue, stringValue, type Value } from '../value.ts';
import { assumeAddresses } from './assumed-addresses.ts';
import { computeMembers } from './compute-members.ts';
import { isMadeUp } from './made-up.ts';
import { mergeObjects } from './merge-objects.ts';
import type { RuntimeSource } from './open-path.ts';
import { openValue } from './runtime-value.ts';

/** What is known of a resource once Azure has deployed it. */
export interface KnownResource {
  readonly id: string;
  readonly type: string;
  readonly name: string;
  /** Region without blanks, in lower case. */
  readonly region: string;
  readonly subscriptionId: string;
  readonly tenantId: string;
  readonly resourceGroup: string;
  /** Its evaluated declaration; empty for a resource that the template does not deploy. */
  readonly body: ObjectValue;
  readonly isDeclared: boolean;
}

/** The state of a resource as `reference()` sees it: what is declared, what follows from it, what the user says. */
export class RuntimeState {
  readonly resource: KnownResource;
  readonly source: RuntimeSource;
  /** What the user says about the resource. */
  readonly override: ObjectValue | undefined;
  readonly #instance: ResourceInstance | undefined;

  private constructor(
    resource: KnownResource,
    instance: ResourceInstance | undefined,
    override: Value | undefined,
    functionName: string,
  ) {
    this.resource = resource;
    this.#instance = instance;
    this.override = override?.kind === 'Object' ? override : undefined;
    this.source = {
      kind: 'resource',
      id: resource.id,
      type: resource.type,
      name: resource.name,
      location: resource.region,
      functionName,
      isDeclared: resource.isDeclared,
      hasFalseCondition: instance?.parts.isWanted === false,
      absentMembers: [],
    };
  }

  static ofInstance(instance: ResourceInstance, functionName: string): RuntimeState {
    const { id, type, name, parts, isDeployed } = instance;
    const { target, level } = parts;
    const body = isDeployed ? instance.body() : objectValue([]);
    const { references } = level.run;
    const override =
      references.get(id) ??
      (parts.symbolicName === undefined ? undefined : references.get(parts.symbolicName)) ??
      references.get(`${type}/${name}`) ??
      references.get(name);
    const resource = {
      ...placeOf(target),
      id,
      type,
      name,
      region: regionOf(body, target.location),
      body,
      isDeclared: isDeployed,
    };
    return new RuntimeState(resource, instance, override, functionName);
  }

  static ofUndeclared(id: string, level: TemplateLevel, functionName: string): RuntimeState {
    const parsed = parseResourceId(id);
    const { deployment } = level;
    const resource: KnownResource = {
      tenantId: deployment.tenantId,
      subscriptionId: parsed?.subscriptionId ?? deployment.subscriptionId,
      resourceGroup: parsed?.resourceGroup ?? deployment.resourceGroup,
      id,
      type: parsed === undefined ? '' : fullTypeOf(parsed),
      name: parsed?.names.join('/') ?? id,
      region: normalisedRegion(deployment.location),
      body: objectValue([]),
      isDeclared: false,
    };
    const name = resource.type === '' ? undefined : `${resource.type}/${resource.name}`;
    const override = level.run.references.get(id) ?? (name === undefined ? undefined : level.run.references.get(name));
    return new RuntimeState(resource, undefined, override, functionName);
  }

  /** Whether no template of the deployment declares the resource, and the user says nothing about it either. */
  get isOutside(): boolean {
    return this.#instance === undefined && this.override === undefined;
  }

  /** The nested deployment, when the resource is one whose template is at hand. */
  get nestedLevel(): TemplateLevel | undefined {
    const instance = this.#instance;
    return instance?.isDeployment && instance.isDeployed ? instance.parts.level.nestedLevel(instance) : undefined;
  }

  /**
   * Why there is no state: the condition of the resource is false, and nobody said that it exists all the same.
   *
   * https://learn.microsoft.com/azure/azure-resource-manager/templates/conditional-resource-deployment#runtime-functions
   */
  skippedFault(site: Span | undefined): TemplateFault | undefined {
    if (!this.source.hasFalseCondition || this.override !== undefined) return undefined;
    const { raw, condition } = this.#instance?.parts ?? {};
    // Whoever tells what the condition depends on may make it true.
    if (condition !== undefined && isMadeUp(condition)) return undefined;
    const { functionName, id } = this.source;
    return new TemplateFault(
      `${functionName}('${id}') fails unless the resource exists already: its condition is false, so that it is not deployed.`,
      {
        span: site,
        kind: kinds.skippedResource,
        azureCode: 'ResourceNotFound',
        hint: `Avoid the call with if(), or tell the state of the existing resource in agate.yaml: references: { "${id}": { … } }.`,
        related: [
          { message: 'Its condition.', span: raw === undefined ? undefined : getValue(raw, 'condition')?.origin },
        ],
        isFramed: true,
      },
    );
  }

  /** The run-time `properties`. */
  properties(site: Span | undefined): ObjectValue {
    const nested = this.nestedLevel;
    if (nested !== undefined) return this.#overridden(deploymentProperties(nested), site);
    const declared = getValue(this.resource.body, 'properties');
    const computed = computeMembers(this.resource);
    const known = mergeObjects(declared?.kind === 'Object' ? declared : objectValue([]), computed.properties);
    const source = { ...this.source, absentMembers: computed.absentMembers };
    const properties = this.#overridden(assumeAddresses(known, source), site);
    return openValue(properties, { source, path: [] });
  }

  /** The whole resource, as `reference(…, 'Full')` answers. */
  full(apiVersion: string | undefined, site: Span | undefined): ObjectValue {
    const { body, id, subscriptionId, resourceGroup, type, name, region } = this.resource;
    const members = new Map<string, Member>(body.members);
    const set = (key: string, value: Value) => members.set(key, { value });
    const version = apiVersion ?? this.#instance?.parts.apiVersion;
    if (version !== undefined) set('apiVersion', stringValue(version, site));
    if (getMember(body, 'location') === undefined) set('location', stringValue(region, site));
    set('properties', this.properties(site));
    const identity = computeMembers(this.resource).identity;
    if (identity !== undefined) set('identity', identity);
    set('subscriptionId', stringValue(subscriptionId, site));
    set('resourceGroupName', stringValue(resourceGroup, site));
    set('resourceId', stringValue(type === '' ? id : unqualifiedId(type, name), site));
    const full: ObjectValue = { kind: 'Object', members, origin: site };
    const { override } = this;
    return openValue(
      override !== undefined && getMember(override, 'properties') ? mergeObjects(full, override) : full,
      { source: this.source, path: [] },
    );
  }

  /** What the user says wins: given with `properties` it is the whole resource, without it is its properties. */
  #overridden(properties: ObjectValue, site: Span | undefined): ObjectValue {
    const { override } = this;
    const given = override === undefined ? undefined : (getValue(override, 'properties') ?? override);
    const merged = given?.kind === 'Object' ? mergeObjects(properties, given) : properties;
    return { ...merged, origin: merged.origin ?? site };
  }
}

function placeOf({ subscriptionId, tenantId, resourceGroup }: KnownResourcePlace): KnownResourcePlace {
  return { subscriptionId, tenantId, resourceGroup };
}

type KnownResourcePlace = Pick<KnownResource, 'subscriptionId' | 'tenantId' | 'resourceGroup'>;

function regionOf(body: ObjectValue, around: string): string {
  const location = getValue(body, 'location');
  return normalisedRegion(location?.kind === 'String' ? location.value : around);
}

/** `West US 2` → `westus2`. */
function normalisedRegion(location: string): string {
  return foldCase(location).toLowerCase().replaceAll(' ', '');
}
