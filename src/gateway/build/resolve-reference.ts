import { sameName } from '../../base/case-insensitive-map.ts';
import { parseResourceId, type ResourceId } from '../../base/resource-id.ts';
import type { SubResource } from '../model.ts';
import type { BuildContext } from './build-context.ts';
import { type Collection, collectionLabels } from './collections.ts';
import type { Entry } from './entries.ts';
import {
  type ReferenceSite,
  reportAnotherScope,
  reportDangling,
  reportMalformed,
  reportMissingId,
  reportNotAResourceId,
  reportPlaceholder,
  reportStrayText,
  reportWrongType,
} from './reference-findings.ts';
import { placeholderIn, repairId } from './repair-id.ts';

/**
 * The sub-resource of the same gateway that `properties.<key>.id` names; null when there is no such property, or when
 * it names nothing, which is reported.
 */
export function resolveReference<T extends SubResource>(
  context: BuildContext,
  entry: Entry,
  key: string,
  targets: Collection<T>,
): T | null {
  const value = entry.properties.get(key);
  if (value?.kind !== 'Object') return null;
  return resolve({ context, entry, key, reference: entry.properties.object(key), targets });
}

/** The same for an array of references; those that name nothing are left out. */
export function resolveReferences<T extends SubResource>(
  context: BuildContext,
  entry: Entry,
  key: string,
  targets: Collection<T>,
): readonly T[] {
  const references = entry.properties.objects(key);
  return references.flatMap((reference) => resolve({ context, entry, key, reference, targets }) ?? []);
}

function resolve<T extends SubResource>(site: ReferenceSite<T>): T | null {
  const { reference, targets } = site;
  const written = reference.text('id');
  if (written === null) {
    if (!reference.has('id') || reference.string('id') === '') reportMissingId(site);
    return null;
  }
  const { id, stray } = repairId(written);
  if (!isResourceId(id)) {
    reportNotAResourceId(site, id);
    // Some test data of other tools uses IDs of its own making, on both sides.
    return targets.byWrittenId.get(id) ?? null;
  }
  const parsed = parseReference(site, id);
  if (parsed === undefined) return null;
  const name = parsed.names[1] ?? '';
  const target = targets.byName.get(name);
  if (!namesThisGateway(site, parsed) || target === undefined) {
    reportDangling(site, id, parsed);
    return null;
  }
  if (stray !== '') reportStrayText(site, written, stray);
  return target;
}

/** Azure Resource Manager looks at IDs before it sends the body to the provider, and only at how they begin. */
function isResourceId(id: string): boolean {
  return /^\/(subscriptions|providers)\//i.test(id);
}

/** The parts of an ID that has the form `<gateway>/<collection>/<name>` with the collection that is expected here. */
function parseReference<T extends SubResource>(site: ReferenceSite<T>, id: string): ResourceId | undefined {
  const parsed = parseResourceId(id);
  if (parsed === undefined) {
    reportMalformed(site, id);
    return undefined;
  }
  const [type, collection] = parsed.types;
  const isGateway = sameName(parsed.namespace, 'Microsoft.Network') && sameName(type ?? '', 'applicationGateways');
  if (!isGateway || parsed.types.length > 2) reportWrongType(site, id);
  else if (collection === undefined) reportWrongType(site, id);
  else if (sameName(collection, site.targets.name)) return parsed;
  else if (isCollection(collection)) reportWrongType(site, id);
  else reportMalformed(site, id);
  return undefined;
}

function isCollection(name: string): boolean {
  return Object.keys(collectionLabels).some((collection) => sameName(collection, name));
}

/**
 * Whether the first part of a reference means the gateway itself. A reference to the gateway of that name in another
 * subscription or resource group is taken for one to this gateway: it is what documentation with placeholders and
 * templates with a fixed subscription look like when they are read elsewhere.
 */
function namesThisGateway<T extends SubResource>(site: ReferenceSite<T>, parsed: ResourceId): boolean {
  const { gatewayId, gatewayName } = site.context;
  const own = parseResourceId(gatewayId);
  const scopes = [parsed.subscriptionId, parsed.resourceGroup];
  const isSameScope =
    sameName(parsed.subscriptionId ?? '', own?.subscriptionId ?? '') &&
    sameName(parsed.resourceGroup ?? '', own?.resourceGroup ?? '');
  const name = parsed.names[0] ?? '';
  if (isSameScope && sameName(name, gatewayName)) return true;
  if (!sameName(name, gatewayName) && placeholderIn(name) === undefined) return false;
  const placeholder = [...scopes, name].map(placeholderIn).find((found) => found !== undefined);
  if (placeholder !== undefined) reportPlaceholder(site, placeholder);
  else reportAnotherScope(site, parsed, own);
  return true;
}
