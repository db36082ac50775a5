import type { Diagnostic, Severity } from '../base/diagnostic.ts';
import { diagnose } from '../base/diagnostic.ts';
import type { Fix } from '../base/fix.ts';
import type { Span } from '../base/span.ts';
import type { Origin } from '../gateway/model.ts';
import { rewriteLiteral } from '../template/rewrite-literal.ts';
import { getMember } from '../template/value.ts';
import { type AzureValues, fillAzureMessage } from './azure-message.ts';
import { Raw } from './raw.ts';
import type { ReportDetails, ReportFinding, RuleMetadata } from './rule.ts';

/** Who reports, about what, and where it is put. */
export interface Reporting {
  readonly rule: RuleMetadata;
  readonly severity: Severity;
  /** The resource that paths lead through. */
  readonly body: Raw;
  /** What Azure's messages can name without being told. */
  readonly values: (place: Origin) => AzureValues;
  readonly found: Diagnostic[];
}

/** What a rule reports by. */
export function reporterFor({ rule, severity, body, values, found }: Reporting): ReportFinding {
  return (place, message, details = {}) => {
    if (details.evenIfUncertain !== true && isUncertain(body, place, details)) return;
    const kind = { code: rule.code, rule: rule.id, severity };
    found.push(
      diagnose(kind, {
        message,
        span: pointAt(body, place),
        path: place.path,
        azureCode: details.azureCode ?? rule.azureCode,
        azureMessage: azureMessageOf(rule, details, values(place)),
        hint: details.hint,
        fix: fixOf(body, place, details),
        related: details.related?.map((other) => ({ message: other.message, span: pointAt(body, other.place) })),
      }),
    );
  };
}

/** The rule's own message goes with its own code. */
function azureMessageOf(
  rule: RuleMetadata,
  { azureCode, azureMessage, azureValues }: ReportDetails,
  values: AzureValues,
): string | undefined {
  const isOwn = azureCode === undefined || azureCode === rule.azureCode;
  const template = azureMessage ?? (isOwn ? rule.azureMessage : undefined);
  return template && fillAzureMessage(template, { ...values, ...azureValues });
}

function fixOf(body: Raw, place: Origin, { right }: ReportDetails): Fix | undefined {
  const { text, span } = rawOf(body, place);
  return right === undefined || text === undefined ? undefined : rewriteLiteral(span, text, right);
}

/**
 * Whether a finding rests on something that nobody told, which says nothing about the template. This is the one place
 * where that is decided; rules tell what a finding is about, and what else it is based on.
 */
function isUncertain(body: Raw, place: Origin, { related = [], basedOn = [] }: ReportDetails): boolean {
  return [place, ...related.map((other) => other.place), ...basedOn].some((origin) => {
    const raw = rawOf(body, origin);
    return [raw, ...raw.items()].some((part) => part.isUncertain || part.member('properties').isUncertain);
  });
}

function rawOf(body: Raw, place: Origin): Raw {
  return place instanceof Raw ? place : body.follow(place.path);
}

/**
 * An object is shown by its name, or by where its name is asked for, which tells more than the brace it begins with.
 */
function pointAt(body: Raw, place: Origin): Span | undefined {
  const { span } = place;
  const object = rawOf(body, place).value;
  const name = object?.kind === 'Object' ? getMember(object, 'name') : undefined;
  const candidates = [name?.value.origin, name?.keySpan];
  return candidates.find((candidate) => candidate && span && isWithin(candidate, span)) ?? span;
}

function isWithin(inner: Span, outer: Span): boolean {
  if (inner.source !== outer.source || inner === outer) return false;
  return inner.offset >= outer.offset && inner.offset + inner.length <= outer.offset + outer.length;
}

/** Says that a rule threw. What it found before stays: a fault of ours must not hide a fault of the template. */
export function ruleFailed(rule: RuleMetadata, subject: string, place: Origin, fault: unknown): Diagnostic {
  const reason = fault instanceof Error ? fault.message : String(fault);
  return diagnose(
    { code: 'AGW0002', rule: 'rule-failed', severity: 'warning' },
    {
      message: `Rule '${rule.id}' could not check ${subject}: ${reason}`,
      span: place.span,
      path: place.path,
      hint: `This is a fault of Agate, not of the template. Until it is mended, turn the rule off: --rule ${rule.id}=off`,
    },
  );
}
