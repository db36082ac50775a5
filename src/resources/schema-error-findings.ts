import type { SchemaNode } from '../../schemas/resource-schemas.js';
import type { SchemaError } from '../../schemas/validators.js';
import type { DiagnosticKind } from '../base/diagnostic.ts';
import { type PathSegment, renderPath } from '../base/json-path.ts';
import { nearestName } from '../base/nearest-name.ts';
import { leftOutFault } from '../template/left-out.ts';
import { isMadeUp } from '../template/runtime-values/made-up.ts';
import { getMember, type Value } from '../template/value.ts';
import { describeValue, nameOf, quoteValue } from './describe-value.ts';
import { type Report, schemaKinds } from './diagnostics.ts';
import { isTooNew, type Place, pathOf } from './place.ts';

/** Turns what the validator found into findings with our own words, at the places in the user's text. */
export function reportSchemaErrors(
  root: Place,
  errors: readonly SchemaError[],
  apiVersion: string,
  report: Report,
): void {
  for (const error of errors) {
    const place = locate(root, error.instancePath);
    if (place !== undefined && !isMadeUp(place.value)) reportError(place, error, apiVersion, report);
  }
}

function reportError(place: Place, error: SchemaError, apiVersion: string, report: Report): void {
  if (error.keyword === 'required') reportMissing(place, String(error.params['missingProperty']), apiVersion, report);
  else {
    const { kind, message, azureMessage } = describeError(place, error, apiVersion);
    const azureCode = kind === schemaKinds.outOfRange ? place.schema.azureCode : undefined;
    report(kind, {
      message,
      span: place.value.origin ?? place.member?.keySpan,
      path: renderPath(pathOf(place)),
      azureCode,
      azureMessage,
    });
  }
}

interface Described {
  readonly kind: DiagnosticKind;
  readonly message: string;
  readonly azureMessage?: string | undefined;
}

function describeError(place: Place, error: SchemaError, apiVersion: string): Described {
  switch (error.keyword) {
    case 'type':
      return { kind: schemaKinds.wrongType, message: wrongTypeMessage(place), azureMessage: conversionError(place) };
    case 'enum':
      return { kind: schemaKinds.invalidValue, message: invalidValueMessage(place, apiVersion) };
    default:
      return { kind: schemaKinds.outOfRange, message: outOfRangeMessage(place, error) };
  }
}

const wantedTypes: Readonly<Record<NonNullable<SchemaNode['type']>, string>> = {
  array: 'an array',
  boolean: 'a boolean',
  integer: 'an integer',
  object: 'an object',
  string: 'a string',
};

function wrongTypeMessage(place: Place): string {
  const { schema, value } = place;
  const wanted = schema.type === undefined ? 'something else' : wantedTypes[schema.type];
  return `${nameOf(place)} is ${describeValue(value)}; ${wanted} is needed.`;
}

/** What Azure says of objects and arrays in the wrong place nobody has shown; of the rest, all but the .NET type. */
function conversionError(place: Place): string | undefined {
  const { value } = place;
  if (value.kind === 'Array' || value.kind === 'Object') return undefined;
  const text = value.kind === 'String' && !value.secret ? value.value : quoteValue(value);
  return `Error converting value "${text}" to type '…'. Path '${renderPath(pathOf(place))}'.`;
}

function invalidValueMessage(place: Place, apiVersion: string): string {
  const { schema, value } = place;
  const allowed = (schema.enum ?? []).filter((candidate) => exists(schema, candidate, apiVersion));
  const nearest = value.kind === 'String' ? nearestName(value.value, allowed) : undefined;
  return (
    `${nameOf(place)} is ${quoteValue(value)}; allowed: ${allowed.map((name) => `'${name}'`).join(', ')}.` +
    `${nearest === undefined ? '' : ` Did you mean '${nearest}'?`}`
  );
}

function exists(schema: SchemaNode, value: string, apiVersion: string): boolean {
  return (schema.enumSince?.[value] ?? '') <= apiVersion && (schema.enumUntil?.[value] ?? apiVersion) >= apiVersion;
}

function outOfRangeMessage(place: Place, error: SchemaError): string {
  const found = `${nameOf(place)} is ${quoteValue(place.value)}`;
  switch (error.keyword) {
    case 'minimum':
      return `${found}; it must be ${String(error.params['limit'])} or more.`;
    case 'maximum':
      return `${found}; it must be ${String(error.params['limit'])} or less.`;
    case 'maxLength':
      return `${nameOf(place)} is too long; at most ${String(error.params['limit'])} characters are allowed.`;
    default:
      return `${found}, which has not the form that is needed.`;
  }
}

/**
 * A property that came later than the resource's api-version cannot be missing from it; one that could not be evaluated
 * has been reported before.
 */
function reportMissing(place: Place, name: string, apiVersion: string, report: Report): void {
  const schema = place.schema.properties?.[name];
  if ((schema?.since ?? '') > apiVersion || isTooNew(place, apiVersion)) return;
  if (place.value.kind === 'Object' && leftOutFault(place.value, name)) return;
  report(schemaKinds.missingProperty, {
    message: `${nameOf(place)} has no '${name}', which it needs.`,
    span: place.value.origin ?? place.member?.keySpan,
    path: renderPath([...pathOf(place), name]),
    azureCode: schema?.azureCode,
  });
}

/** The place that a JSON pointer into the normalised body means, in the body as written. */
function locate(root: Place, pointer: string): Place | undefined {
  let place: Place | undefined = root;
  for (const step of pointer.split('/').slice(1)) {
    if (place === undefined) return undefined;
    place = descend(place, step.replaceAll('~1', '/').replaceAll('~0', '~'));
  }
  return place;
}

function descend(owner: Place, step: string): Place | undefined {
  if (owner.value.kind === 'Array') {
    const index = Number(step);
    return child(owner, index, owner.value.items[index], owner.schema.items);
  }
  if (owner.value.kind !== 'Object') return undefined;
  const { properties, additionalProperties } = owner.schema;
  const others = typeof additionalProperties === 'object' ? additionalProperties : undefined;
  const member = getMember(owner.value, step);
  const place = child(owner, step, member?.value, properties?.[step] ?? others);
  return place === undefined ? undefined : { ...place, member };
}

function child(
  parent: Place,
  step: PathSegment,
  value: Value | undefined,
  schema: SchemaNode | undefined,
): Place | undefined {
  return value === undefined || schema === undefined ? undefined : { value, schema, step, parent };
}
