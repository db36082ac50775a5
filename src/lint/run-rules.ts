import type { Diagnostic, Severity } from '../base/diagnostic.ts';
import type { Gateway } from '../gateway/model.ts';
import type { ResourceGraph } from '../resources/resource-graph.ts';
import type { DeployedResource } from '../template/evaluated-deployment.ts';
import { commonValues } from './azure-message.ts';
import type { OpenPfx } from './open-pfx.ts';
import { Raw } from './raw.ts';
import { reporterFor, ruleFailed } from './report-finding.ts';
import type { AnyRule, Rule, RuleContext } from './rule.ts';
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
  readonly rules?: readonly AnyRule[];
}

export type Severities = ReadonlyMap<string, Severity | 'off'>;

/** Checks a gateway against all rules that are not turned off. */
export function runRules(input: RunRulesInput): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const rule of input.rules ?? allRules) {
    const severity = severityOf(rule, input.severities);
    if (rule.subject === undefined && severity !== 'off' && concerns(rule, input)) {
      runRule(rule, severity, input, found);
    }
  }
  return found;
}

/** The severity that a rule has in this run. */
export function severityOf({ id, code, severity }: AnyRule, severities: Severities = new Map()): Severity | 'off' {
  return severities.get(id) ?? severities.get(code) ?? severity;
}

/** Whether a rule is about gateways of this generation, as far as the template tells which one it is. */
function concerns({ appliesTo }: Rule, { gateway, resource }: RunRulesInput): boolean {
  if (appliesTo === undefined) return true;
  if (gateway.sku.generation !== appliesTo) return false;
  const sku = rawBodyOf(resource).at('properties', 'sku');
  return !(sku.isUncertain || sku.member('name').isUncertain || sku.member('tier').isUncertain);
}

const rawBodies = new WeakMap<DeployedResource, Raw>();

/** All rules look at the same one, which remembers the ways they have taken. */
function rawBodyOf(resource: DeployedResource): Raw {
  const known = rawBodies.get(resource) ?? new Raw(resource.body, [], resource.origin);
  rawBodies.set(resource, known);
  return known;
}

function runRule(rule: Rule, severity: Severity, input: RunRulesInput, found: Diagnostic[]): void {
  try {
    rule.check(contextOf(rule, severity, input, found));
  } catch (fault) {
    found.push(ruleFailed(rule, `gateway '${input.gateway.name}'`, input.gateway.origin, fault));
  }
}

function contextOf(rule: Rule, severity: Severity, input: RunRulesInput, found: Diagnostic[]): RuleContext {
  const body = rawBodyOf(input.resource);
  return {
    gateway: input.gateway,
    resource: input.resource,
    graph: input.graph,
    now: input.now,
    openPfx: input.openPfx,
    raw: (origin, ...members) => body.follow(origin.path).at(...members),
    report: reporterFor({ rule, severity, body, values: (place) => commonValues(input.gateway, body, place), found }),
  };
}
