import { type Diagnostic, type DiagnosticKind, diagnose } from '../base/diagnostic.ts';
import type { AdvancedRoutingMap, AdvancedRoutingRule, RouteTarget } from '../gateway/model.ts';
import type { Behaviour } from './behaviour.ts';
import type { DecisionTrace } from './route.ts';
import { type CompiledRoutingCondition, compileRoutingCondition, type RoutingSubject } from './routing-conditions.ts';

/** A rule of an advanced routing map with its conditions ready to be asked. */
export interface AdvancedCandidate {
  readonly rule: AdvancedRoutingRule;
  /** All have to hold. */
  readonly conditions: readonly CompiledRoutingCondition[];
}

const conditionUnusable: DiagnosticKind = { code: 'AGW7004', rule: 'routing-condition-unusable', severity: 'error' };

/** An advanced routing map made ready: its rules are tried in order, and the first whose conditions hold wins. */
export class AdvancedRoutingTable {
  readonly candidates: readonly AdvancedCandidate[];
  readonly defaultTarget: RouteTarget;
  /** Conditions that never hold. */
  readonly problems: readonly Diagnostic[];

  constructor({ name, advancedRoutingRules, defaultTarget }: AdvancedRoutingMap, behaviour: Behaviour) {
    this.defaultTarget = defaultTarget;
    this.candidates = advancedRoutingRules.map((rule) => ({
      rule,
      conditions: (rule.conditionSet?.routingConditions ?? []).map((each) => compileRoutingCondition(each, behaviour)),
    }));
    this.problems = this.candidates.flatMap((candidate) => problemsOf(candidate, name));
  }

  /** @param trace receives which conditions held; without it no text is made */
  find(subject: RoutingSubject, trace?: DecisionTrace): AdvancedRoutingRule | null {
    for (const { rule, conditions } of this.candidates) {
      const failing = conditions.find((condition) => !condition.holds(condition.read(subject)));
      if (trace !== undefined) traceRule(trace, { rule, conditions }, failing, subject);
      if (failing === undefined) return rule;
    }
    return null;
  }
}

function traceRule(
  trace: DecisionTrace,
  { rule, conditions }: AdvancedCandidate,
  failing: CompiledRoutingCondition | undefined,
  subject: RoutingSubject,
): void {
  if (failing !== undefined) {
    const why = `Advanced routing rule '${rule.name}' not chosen: ${describeFailure(failing, subject)}.`;
    trace.step({ stage: 'path', outcome: 'passed over', why });
    return;
  }
  const reason = conditions.length === 0 ? 'it has no conditions' : conditions.map(({ text }) => text).join(', and ');
  trace.step({ stage: 'path', outcome: 'next', why: `Advanced routing rule '${rule.name}' chosen: ${reason}.` });
}

function describeFailure({ text, fault, read }: CompiledRoutingCondition, subject: RoutingSubject): string {
  if (fault !== null) return `its condition "${text}" never holds, for ${fault}`;
  const values = read(subject);
  const found =
    values.length === 0 ? 'the request has none' : `it is ${values.map((value) => `'${value}'`).join(', ')}`;
  return `its condition "${text}" does not hold; ${found}`;
}

function problemsOf({ rule, conditions }: AdvancedCandidate, mapName: string): Diagnostic[] {
  return conditions.flatMap(({ fault, text }, index) => {
    if (fault === null) return [];
    const origin = rule.conditionSet?.routingConditions[index]?.origin ?? rule.origin;
    const message = `Advanced routing rule '${rule.name}' of map '${mapName}' takes nothing: "${text}" never holds, for ${fault}.`;
    return [diagnose(conditionUnusable, { message, span: origin.span, path: origin.path })];
  });
}
