import type { DiagnosticDetails } from '../base/diagnostic.ts';
import { renderPath } from '../base/json-path.ts';
import { nearestName } from '../base/nearest-name.ts';
import type { Span } from '../base/span.ts';
import { rewriteLiteral } from '../template/rewrite-literal.ts';
import { isMadeUp } from '../template/runtime-values/made-up.ts';
import { describeValue, nameOf } from './describe-value.ts';
import { type Report, schemaKinds } from './diagnostics.ts';
import { findKey, type NormalisationListener } from './normalise-body.ts';
import { isGone, isTooNew, type Place, pathOf } from './place.ts';

/** Makes findings of names, spellings and api-versions, as a body is normalised. */
export function spellingFindings(apiVersion: string, report: Report): NormalisationListener {
  return {
    unknown: (owner, key, member) => reportUnknown(owner, key, member.keySpan ?? member.value.origin, report),
    property(place, written, canonical) {
      if (written !== canonical) reportSpelledName(place, written, canonical, report);
      reportPropertyVersion(place, canonical, apiVersion, report);
    },
    enumValue(place, written, canonical) {
      if (isMadeUp(place.value)) return;
      if (written !== canonical) reportSpelledValue(place, written, canonical, report);
      reportValueVersion(place, canonical, apiVersion, report);
    },
    converted(place, wanted, converted) {
      const { value } = place;
      if (isMadeUp(value)) return;
      report(schemaKinds.convertedType, {
        message: `${nameOf(place)} is ${describeValue(value)}; Azure converts it to ${articles[wanted] ?? wanted}.`,
        ...ofValue(place),
        fix: 'value' in value ? rewriteLiteral(value.origin, value.value, converted) : undefined,
      });
    },
  };
}

const articles: Readonly<Record<string, string>> = { boolean: 'a boolean', integer: 'an integer', string: 'a string' };

function keySpanOf(place: Place): Span | undefined {
  return place.member?.keySpan ?? place.value.origin;
}

type Whereabouts = Pick<DiagnosticDetails, 'span' | 'path'>;

/** A finding about a member as such. */
function ofName(place: Place): Whereabouts {
  return { span: keySpanOf(place), path: renderPath(pathOf(place)) };
}

/** A finding about what a member holds. */
function ofValue(place: Place): Whereabouts {
  return { span: place.value.origin ?? keySpanOf(place), path: renderPath(pathOf(place)) };
}

function reportSpelledName(place: Place, written: string, canonical: string, report: Report): void {
  const owner = place.parent?.value;
  // Next to a member of the right spelling, the other one would be a second of that name.
  const isTwice = owner?.kind === 'Object' && owner.members.has(canonical);
  const fix = isTwice ? undefined : rewriteLiteral(place.member?.keySpan, written, canonical);
  reportLetterCase(place, written, canonical, { span: keySpanOf(place), fix }, report);
}

function reportSpelledValue(place: Place, written: string, canonical: string, report: Report): void {
  const span = place.value.origin;
  reportLetterCase(place, written, canonical, { span, fix: rewriteLiteral(span, written, canonical) }, report);
}

function reportLetterCase(
  place: Place,
  written: string,
  canonical: string,
  details: Pick<DiagnosticDetails, 'span' | 'fix'>,
  report: Report,
): void {
  report(schemaKinds.letterCase, {
    message: `'${written}' is spelt '${canonical}'; Azure takes both.`,
    path: renderPath(pathOf(place)),
    ...details,
  });
}

function reportUnknown(owner: Place, key: string, span: Span | undefined, report: Report): void {
  const path = renderPath([...pathOf(owner), key]);
  const where = owner.step === undefined ? 'the resource' : `'${renderPath(pathOf(owner))}'`;
  report(schemaKinds.unknownProperty, {
    message: `'${key}' is not a property of ${where}.${suggestion(owner, key)}`,
    azureMessage: `Could not find member '${key}' on object of type '…'. Path '${path}'.`,
    span,
    path,
  });
}

/** Where the property was perhaps meant to stand, or which one was perhaps meant. */
function suggestion(owner: Place, key: string): string {
  const { properties = {} } = owner.schema;
  if (findKey(properties['properties']?.properties, key) !== undefined) {
    return ` It belongs inside 'properties', one level further in.`;
  }
  const isInEnvelope = owner.step === 'properties';
  if (isInEnvelope && findKey(owner.parent?.schema.properties, key) !== undefined) {
    return ` It belongs beside 'properties', one level further out.`;
  }
  const writable = Object.keys(properties).filter((name) => !properties[name]?.readOnly);
  const nearest = nearestName(key, writable);
  return nearest === undefined ? '' : ` Did you mean '${nearest}'?`;
}

function reportPropertyVersion(place: Place, name: string, apiVersion: string, report: Report): void {
  const { since, until } = place.schema;
  if (since !== undefined && since > apiVersion && !isTooNew(place.parent, apiVersion)) {
    report(schemaKinds.propertyTooNew, {
      ...ofName(place),
      message: `'${name}' arrived in api-version ${since}; this resource is written for ${apiVersion}.`,
      hint: `Raise apiVersion to ${since} or later, or leave '${name}' out.`,
    });
  }
  if (until !== undefined && until < apiVersion && !isGone(place.parent, apiVersion)) {
    report(schemaKinds.propertyGone, {
      ...ofName(place),
      message: `'${name}' left with api-version ${until}; this resource is written for ${apiVersion}.`,
    });
  }
}

function reportValueVersion(place: Place, value: string, apiVersion: string, report: Report): void {
  const since = place.schema.enumSince?.[value];
  const until = place.schema.enumUntil?.[value];
  if (since !== undefined && since > apiVersion) {
    report(schemaKinds.valueTooNew, {
      ...ofValue(place),
      message: `${nameOf(place)} is '${value}', which arrived in api-version ${since}; this resource is written for ${apiVersion}.`,
      hint: `Raise apiVersion to ${since} or later.`,
    });
  }
  if (until !== undefined && until < apiVersion) {
    report(schemaKinds.valueGone, {
      ...ofValue(place),
      message: `${nameOf(place)} is '${value}', which left with api-version ${until}; this resource is written for ${apiVersion}.`,
    });
  }
}
