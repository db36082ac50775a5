import type { Severity } from '../base/diagnostic.ts';
import type { Gateway, Origin } from '../gateway/model.ts';
import type { ResourceGraph } from '../resources/resource-graph.ts';
import type { DeployedResource } from '../template/evaluated-deployment.ts';
import type { AzureValues } from './azure-message.ts';
import type { KnownPolicy } from './facts/waf-policy.ts';
import type { OpenPfx } from './open-pfx.ts';
import type { Raw } from './raw.ts';

/** The part of a gateway that a rule looks at; also the folder the rule stands in. */
export type RuleCategory =
  | 'backends'
  | 'frontends'
  | 'listeners'
  | 'network'
  | 'operations'
  | 'path-maps'
  | 'probes'
  | 'redirects'
  | 'rewrites'
  | 'routing-rules'
  | 'sku'
  | 'tls'
  | 'waf';

/** What a rule is, without what it does: for `agate rules`, the documentation and SARIF. */
export interface RuleMetadata {
  /** `AGW5…` Azure refuses the deployment, `AGW2…` it deploys and misbehaves, `AGW6…` security and operations. */
  readonly code: `AGW${number}`;
  readonly id: string;
  readonly severity: Severity;
  readonly category: RuleCategory;
  /** The generation of gateways that it looks at; both unless given. */
  readonly appliesTo?: 'v1' | 'v2';
  /** What holds when all is well. */
  readonly title: string;
  /** What happens otherwise. */
  readonly why: string;
  /** Where Azure, or somebody who ran into it, says so. */
  readonly source: `https://${string}`;
  /** Azure's code for the refusal. */
  readonly azureCode?: string;
  /** Azure's message, with its variable parts in braces; spelled as served. */
  readonly azureMessage?: string;
  /** Rules of other checkers that look at the same. */
  readonly sameAs?: readonly string[];
}

/** A rule about gateways. */
export interface Rule extends RuleMetadata {
  readonly subject?: undefined;
  /** Reports what it finds. Silent on what the schema or the builder of the model has reported already. */
  check(context: RuleContext): void;
}

/** A rule about firewall policies alone. */
export interface PolicyRule extends RuleMetadata {
  readonly subject: 'firewallPolicy';
  check(context: PolicyRuleContext): void;
}

export interface PolicyRuleContext {
  readonly policy: KnownPolicy;
  readonly report: ReportFinding;
}

export type AnyRule = Rule | PolicyRule;

/** Reports something at a place. */
export type ReportFinding = (place: Origin, message: string, details?: ReportDetails) => void;

export interface RuleContext {
  readonly gateway: Gateway;
  /** The gateway as written and evaluated, for what the model does not keep. */
  readonly resource: DeployedResource;
  /** All resources of the deployment, the gateway included. */
  readonly graph: ResourceGraph;
  /** Milliseconds since 1970: what "expired" is measured against. */
  readonly now: number;
  /** Opens PFX files; without it, rules about what is inside are silent. */
  readonly openPfx: OpenPfx | undefined;
  /** What was written for an object of the model, or for one of its members. */
  raw(origin: Origin, ...members: readonly string[]): Raw;
  readonly report: ReportFinding;
}

export interface ReportDetails {
  /** Other places worth looking at. */
  readonly related?: readonly { readonly message: string; readonly place: Origin }[];
  readonly hint?: string;
  /** Values elsewhere without which there would be nothing to report, as far as they are not among the related ones. */
  readonly basedOn?: readonly Origin[];
  /** The text that would be right in the place of what was written, where there is but one; `--fix` writes it. */
  readonly right?: string | undefined;
  /** When a rule stands for several codes of Azure. */
  readonly azureCode?: string;
  /** Azure's message for that code, as `RuleMetadata` has it for the rule's own. */
  readonly azureMessage?: string;
  /** What stands in the braces of Azure's message, but for what every rule can name. */
  readonly azureValues?: AzureValues;
  /** Report even where a made-up value stands in for one that nobody gave, as it does not matter which it is. */
  readonly evenIfUncertain?: true;
}

/** Gives a rule its type; every rule file exports one as `rule`. */
export function defineRule(rule: Rule): Rule {
  return rule;
}

/** The same for rules about firewall policies. */
export function definePolicyRule(rule: Omit<PolicyRule, 'subject'>): PolicyRule {
  return { ...rule, subject: 'firewallPolicy' };
}
