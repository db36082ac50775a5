import { CaseInsensitiveMap } from '../../base/case-insensitive-map.ts';
import type { PropertyReader } from '../../resources/property-reader.ts';
import { leftOutFault } from '../../template/left-out.ts';
import type { Origin, SubResource } from '../model.ts';
import type { BuildContext } from './build-context.ts';
import { type Collection, type CollectionName, collectionLabels } from './collections.ts';
import { buildKinds } from './diagnostics.ts';

/** A sub-resource on its way into the model: what all have in common, and its `properties` still to be read. */
export interface Entry {
  readonly common: SubResource;
  /** For messages: `listener 'blog'`. */
  readonly label: string;
  readonly properties: PropertyReader;
  readonly writtenId: string | null;
}

export interface EntryKind {
  /** Member of the owner's properties that holds the array. */
  readonly key: string;
  readonly label: string;
  /** ID of the gateway or sub-resource that they belong to. */
  readonly ownerId: string;
}

/** Builds the members of one of the gateway's own collections. */
export function buildCollection<T extends SubResource>(
  context: BuildContext,
  name: CollectionName,
  build: (entry: Entry) => T,
): Collection<T> {
  const kind: EntryKind = { key: name, label: collectionLabels[name], ownerId: context.gatewayId };
  const byName = new CaseInsensitiveMap<T>();
  const byWrittenId = new CaseInsensitiveMap<T>();
  for (const entry of readEntries(context, context.properties, kind)) {
    const item = build(entry);
    byName.set(item.name, item);
    if (entry.writtenId !== null) byWrittenId.set(entry.writtenId, item);
  }
  return { name, items: [...byName.values()], byName, byWrittenId };
}

/**
 * The named members of an array. Without a name, and of two with the same name the later one, they are reported and
 * left out: Azure refuses both, and everything that follows relies on names.
 */
export function readEntries(context: BuildContext, owner: PropertyReader, kind: EntryKind): Entry[] {
  const byName = new CaseInsensitiveMap<Entry>();
  for (const reader of owner.objects(kind.key)) {
    const name = reader.text('name');
    const earlier = name === null ? undefined : byName.get(name);
    if (name === null) reportMissingName(context, reader, kind);
    else if (earlier !== undefined) reportDuplicate(context, reader, kind, earlier);
    else byName.set(name, entryOf(reader, name, kind));
  }
  return [...byName.values()];
}

function entryOf(reader: PropertyReader, name: string, kind: EntryKind): Entry {
  return {
    common: { id: `${kind.ownerId}/${kind.key}/${name}`, name, origin: originOf(reader) },
    label: `${kind.label} '${name}'`,
    properties: reader.object('properties'),
    writtenId: reader.text('id'),
  };
}

export function originOf(reader: PropertyReader): Origin {
  return { span: reader.span, path: reader.path };
}

/** A name that could not be evaluated has been reported before. */
function reportMissingName(context: BuildContext, reader: PropertyReader, kind: EntryKind): void {
  if (leftOutFault(reader.value, 'name')) return;
  context.report(buildKinds.missingName, {
    message: `A member of '${kind.key}' has no name; each needs one.`,
    span: reader.spanOf('name'),
    path: reader.path,
  });
}

function reportDuplicate(context: BuildContext, reader: PropertyReader, kind: EntryKind, earlier: Entry): void {
  const name = earlier.common.name;
  context.report(buildKinds.duplicateName, {
    message: `'${kind.key}' has two members with the name '${name}' (case means nothing); names must be unique.`,
    // The empty segments are really in Azure's message.
    azureMessage:
      'Resource /subscriptions//resourceGroups//providers/Microsoft.Network/applicationGateways/ ' +
      `has two child resources with the same name (${name}).`,
    span: reader.spanOf('name'),
    path: reader.pathOf('name'),
    related: [{ message: `The first '${name}' is here.`, span: earlier.common.origin.span }],
  });
}
