import type { Diagnostic, Severity } from '../base/diagnostic.ts';
import { diagnose } from '../base/diagnostic.ts';
import type { Fix } from '../base/fix.ts';
import type { Span } from '../base/span.ts';
import type { Gateway, Origin } from '../gateway/model.ts';
import type { ResourceGraph } from '../resources/resource-graph.ts';
import type { DeployedResource } from '../template/evaluated-deployment.ts';
import { rewriteLiteral } from '../template/rewrite-literal.ts';
import { getMember } from '../template/value.ts';
import { commonValues, fillAzureMessage } from './azure-message.ts';
import type { OpenPfx } from './open-pfx.ts';
import { Raw } from './raw.ts';
import type { ReportDetails, Rule, RuleContext } from './rule.ts';
import { rules as allRules } from './rules/index.ts';

export interface RunRulesInput {
  readonly gateway: Gateway;
  /** The resource that the gateway was built from. */
  readonly resource: DeployedResource;
  /** All resources of the deployment. */
  readonly graph: ResourceGraph;
  /** Milliseconds since 1970, as `Clock.now()` gives them. */
  readonly now: number;
  /** Rules that look inside of PFX files need it; it costs time to load, so it is for the caller to bring. */
  readonly openPfx?: OpenPfx;
  /** By rule id or code: another severity, or none at all. */
  readonly severities?: Severities;
  /** Agate's own rules unless given. */
  readonly rules?: readonly Rule[];
}

export type Severities = ReadonlyMap<string, Severity | 'off'>;

/** Checks a gateway against all rules that are not turned off. */
export function runRules(input: RunRulesInput): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const rule of input.rules ?? allRules) {
    const severity = input.severities?.get(rule.id) ?? input.severities?.get(rule.code) ?? rule.severity;
    if (severity !== 'off' && concerns(rule, input)) runRule(rule, severity, input, found);
  }
  return found;
}

/** Whether a rule is about gateways of this generation, as far as the template tells which one it is. */
function concerns({ appliesTo }: Rule, { gateway, resource }: RunRulesInput): boolean {
  if (appliesTo === undefined) return true;
  const sku = new Raw(resource.body).at('properties', 'sku');
  const isUncertain = sku.isUncertain || sku.member('name').isUncertain || sku.member('tier').isUncertain;
  return gateway.sku.generation === appliesTo && !isUncertain;
}

function runRule(rule: Rule, severity: Severity, input: RunRulesInput, found: Diagnostic[]): void {
  try {
    rule.check(contextOf(rule, severity, input, found));
  } catch (fault) {
    // What the rule found before stays: a fault of ours must not hide a fault of the template.
    found.push(ruleFailed(rule, input.gateway, fault));
  }
}

function contextOf(rule: Rule, severity: Severity, input: RunRulesInput, found: Diagnostic[]): RuleContext {
  const body = new Raw(input.resource.body, [], input.resource.origin);
  return {
    gateway: input.gateway,
    resource: input.resource,
    graph: input.graph,
    now: input.now,
    openPfx: input.openPfx,
    raw: (origin, ...members) => body.follow(origin.path).at(...members),
    report: (place, message, details = {}) => {
      const { code, id } = rule;
      if (details.evenIfUncertain !== true && isUncertain(body, place, details)) return;
      found.push(
        diagnose(
          { code, rule: id, severity },
          {
            message,
            span: pointAt(body, place),
            path: place.path,
            azureCode: details.azureCode ?? rule.azureCode,
            azureMessage: azureMessageOf(rule, input.gateway, body, place, details),
            hint: details.hint,
            fix: fixOf(body, place, details),
            related: details.related?.map((other) => ({ message: other.message, span: pointAt(body, other.place) })),
          },
        ),
      );
    },
  };
}

/** The rule's own message goes with its own code. */
function azureMessageOf(
  rule: Rule,
  gateway: Gateway,
  body: Raw,
  place: Origin,
  { azureCode, azureMessage, azureValues }: ReportDetails,
): string | undefined {
  const isOwn = azureCode === undefined || azureCode === rule.azureCode;
  const template = azureMessage ?? (isOwn ? rule.azureMessage : undefined);
  return template && fillAzureMessage(template, { ...commonValues(gateway, body, place), ...azureValues });
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
    return [raw, raw.member('properties'), ...raw.items()].some((part) => part.isUncertain);
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

function ruleFailed(rule: Rule, gateway: Gateway, fault: unknown): Diagnostic {
  const reason = fault instanceof Error ? fault.message : String(fault);
  return diagnose(
    { code: 'AGW0002', rule: 'rule-failed', severity: 'warning' },
    {
      message: `Rule '${rule.id}' could not check gateway '${gateway.name}': ${reason}`,
      span: gateway.origin.span,
      path: gateway.origin.path,
      hint: `This is a fault of Agate, not of the template. Until it is mended, turn the rule off: --rule ${rule.id}=off`,
    },
  );
}
