import type { Diagnostic, Severity } from '../base/diagnostic.ts';
import type { Gateway, Origin } from '../gateway/model.ts';
import type { ResourceGraph } from '../resources/resource-graph.ts';
import type { DeployedResource } from '../template/evaluated-deployment.ts';
import { commonValues } from './azure-message.ts';
import type { OpenPfx } from './open-pfx.ts';
import { Raw } from './raw.ts';
import { reporterFor, ruleFailed } from './report-finding.ts';
import type { AnyRule, RuleContext } from './rule.ts';
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
  const { gateway, resource, graph, now, openPfx, severities, rules = allRules } = input;
  const found: Diagnostic[] = [];
  // All rules look at the same one, which remembers the ways they have taken.
  const body = new Raw(resource.body, resource.origin);
  const raw: RuleContext['raw'] = (origin, ...members) => body.follow(origin.path).at(...members);
  const values = (place: Origin) => commonValues(gateway, body, place);
  const generation = toldGeneration(gateway, body);
  for (const rule of rules) {
    if (rule.subject !== undefined || (rule.appliesTo !== undefined && rule.appliesTo !== generation)) continue;
    const severity = severityOf(rule, severities);
    if (severity === 'off') continue;
    const report = reporterFor({ rule, severity, body, values, found });
    try {
      rule.check({ gateway, resource, graph, now, openPfx, raw, report });
    } catch (fault) {
      found.push(ruleFailed(rule, `gateway '${gateway.name}'`, gateway.origin, fault));
    }
  }
  return found;
}

const noSeverities: Severities = new Map();

/** The severity that a rule has in this run. */
export function severityOf({ id, code, severity }: AnyRule, severities = noSeverities): Severity | 'off' {
  return severities.size === 0 ? severity : (severities.get(id) ?? severities.get(code) ?? severity);
}

/** The generation of gateways that this one is of, as far as the template tells. */
function toldGeneration({ sku }: Gateway, body: Raw): Gateway['sku']['generation'] | undefined {
  const written = body.at('properties', 'sku');
  const isUncertain = written.isUncertain || written.member('name').isUncertain || written.member('tier').isUncertain;
  return isUncertain ? undefined : sku.generation;
}
