import { createHash } from 'node:crypto';
import type { PathSegment } from '../../base/json-path.ts';
import type { Span } from '../../base/span.ts';
import { standInText } from '../parameters/stand-in-text.ts';
import { stringValue, type Value } from '../value.ts';
import type { OpenPath, RuntimeSource } from './open-path.ts';

type RuntimePath = OpenPath<RuntimeSource>;

/** What can be told from a property's name about the text it holds. */
const shapes: readonly { readonly name: RegExp; readonly make: (unknown: RuntimePath) => string }[] = [
  { name: /ip$|ipaddress(es)?$/i, make: ({ source }) => documentationAddress(source.id) },
  { name: /fqdn$|hostname$|domain$/i, make: ({ source }) => hostNameOf(source.name, source.location) },
  { name: /(principal|client|tenant|object|customer)id$|guid$|instrumentationkey$/i, make: guidOf },
  { name: /(ur[il]|endpoint)$/i, make: ({ source }) => `https://${hostNameOf(source.name, source.location)}/` },
  { name: /id$/i, make: ({ source }) => source.id },
];

/** A value that could be the real one, the same in every run; an unknown answer as a whole stays what it is. */
export function placeholderFor(unknown: RuntimePath, value: Value, site: Span | undefined): Value {
  const property = propertyOf(unknown.path);
  if (property === undefined) return value;
  const shape = shapes.find(({ name }) => name.test(property));
  const text = stringValue(shape?.make(unknown) ?? standInText(property), site);
  return value.secret ? { ...text, secret: true } : text;
}

/** The name that tells what a value is; of `outputs.x.value` that is the output's. */
function propertyOf(path: readonly PathSegment[]): string | undefined {
  const names = path.filter((segment) => typeof segment === 'string');
  return names.length > 1 && names.at(-1) === 'value' ? names.at(-2) : names.at(-1);
}

/** An address from the block that is reserved for documentation (RFC 5737), the same for the same resource. */
export function documentationAddress(id: string): string {
  return `203.0.113.${1 + ((digest(id)[0] ?? 0) % 254)}`;
}

function hostNameOf(name: string, location: string): string {
  return `${lastName(name).toLowerCase()}.${location}.cloudapp.azure.com`;
}

function lastName(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

function guidOf({ source, path }: RuntimePath): string {
  return stableGuid(`${source.id} ${path.join('.')}`);
}

/** A random-looking GUID (version 4) that is the same for the same text. */
export function stableGuid(text: string): string {
  const bytes = digest(text).subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text.toUpperCase()).digest();
}
