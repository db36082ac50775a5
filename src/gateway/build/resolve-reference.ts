import type { PropertyReader } from '../../resources/property-reader.ts';
import { leftOutFault } from '../../template/left-out.ts';
import { isMadeUp } from '../../template/runtime-values/made-up.ts';
import type { SubResource } from '../model.ts';
import type { BuildContext } from './build-context.ts';
import type { Collection } from './collections.ts';
import type { Entry } from './entries.ts';
import { readReference } from './read-reference.ts';
import { type ReferenceSite, reportMissingId, reportReading, reportStrayText } from './reference-findings.ts';
import { repairId } from './repair-id.ts';

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
  const { context, reference, targets } = site;
  // What was made up may name nothing, and that is nobody's fault.
  const isQuiet = isMadeUp(reference.get('id') ?? reference.value) || isUntold(context, targets.name);
  const written = reference.text('id');
  if (written === null) {
    if (!isQuiet && lacksId(reference)) reportMissingId(site);
    return null;
  }
  const { id, stray } = repairId(written);
  const reading = readReference(context, targets, id);
  if (!isQuiet) reportReading(site, id, reading);
  if (reading.kind !== 'found') return null;
  if (!isQuiet && stray !== '') reportStrayText(site, written, stray);
  return reading.target;
}

/** Whether a collection may have other members, or members of other names, than it shows. */
function isUntold({ properties }: BuildContext, collection: string): boolean {
  if (isMadeUp(properties.get(collection) ?? properties.value)) return true;
  return properties.objects(collection).some((item) => isMadeUp(item.get('name') ?? item.value));
}

/** Not when the ID could not be evaluated, or is no text: both have been reported before. */
function lacksId(reference: PropertyReader): boolean {
  const value = reference.get('id');
  return value === undefined ? leftOutFault(reference.value, 'id') === undefined : value.kind === 'String';
}
