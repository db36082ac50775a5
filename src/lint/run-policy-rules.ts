import type { Diagnostic } from '../base/diagnostic.ts';
import type { ResourceGraph } from '../resources/resource-graph.ts';
import { declaredPolicies } from './facts/waf-policy.ts';
import { reporterFor, ruleFailed } from './report-finding.ts';
import type { AnyRule } from './rule.ts';
import { rules as allRules } from './rules/index.ts';
import { type Severities, severityOf } from './run-rules.ts';

export interface RunPolicyRulesInput {
  /** All resources of the deployment. */
  readonly graph: ResourceGraph;
  readonly severities?: Severities;
  /** Agate's own rules unless given. */
  readonly rules?: readonly AnyRule[];
}

/** Checks the firewall policies of a template, which Azure refuses for their faults whether a gateway uses them or not. */
export function runPolicyRules({ graph, severities, rules = allRules }: RunPolicyRulesInput): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const policy of declaredPolicies(graph)) {
    for (const rule of rules) {
      if (rule.subject === undefined) continue;
      const severity = severityOf(rule, severities);
      if (severity === 'off') continue;
      const report = reporterFor({ rule, severity, body: policy.body, values: () => ({ policy: policy.id }), found });
      try {
        rule.check({ policy, report });
      } catch (fault) {
        found.push(ruleFailed(rule, `firewall policy '${policy.name}'`, policy.body, fault));
      }
    }
  }
  return found;
}
