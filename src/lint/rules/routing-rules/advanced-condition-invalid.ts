import type { AdvancedRoutingConditionSet, RoutingCondition } from '../../../gateway/model.ts';
import type { Raw } from '../../raw.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5045',
  id: 'advanced-condition-invalid',
  severity: 'error',
  category: 'routing-rules',
  title: 'A routing condition has what its type needs',
  why: 'Headers and query parameters have a name, and nothing else has one; values or a pattern are compared, not both; addresses and methods have no patterns.',
  source: 'https://learn.microsoft.com/azure/templates/microsoft.network/applicationgateways',
  check({ gateway, raw, report }) {
    for (const set of gateway.advancedRoutingConditionSets) {
      for (const condition of set.routingConditions) {
        const written = raw(condition.origin);
        const label = describe(set, condition);
        for (const { place, text } of faultsOf(condition, written)) report(place, `${label} ${text}.`);
      }
    }
  },
});

interface Fault {
  readonly place: Raw;
  readonly text: string;
}

function describe({ name }: AdvancedRoutingConditionSet, { conditionType }: RoutingCondition): string {
  return `A condition of set '${name}' on '${conditionType ?? ''}'`;
}

/** A type that is none has been reported. */
function faultsOf({ conditionType }: RoutingCondition, written: Raw): readonly Fault[] {
  if (conditionType === null) return [];
  const [name, values, matcher] = ['propertyName', 'propertyValues', 'propertyValueMatcher'].map((member) =>
    written.member(member),
  );
  if (name === undefined || values === undefined || matcher === undefined) return [];
  const isNamed = conditionType === 'Header' || conditionType === 'QueryString';
  const isPlain = conditionType === 'ClientIP' || conditionType === 'Method';
  const hasValues = values.isLeftOut || values.items().length > 0;
  const faults: (Fault | false)[] = [
    isNamed && !name.text && !name.isUncertain && { place: written, text: "has no 'propertyName'" },
    !isNamed &&
      Boolean(name.text) && { place: name, text: "has a 'propertyName', which only headers and query parameters have" },
    isPlain && matcher.isGiven && { place: matcher, text: "has a 'propertyValueMatcher'; give 'propertyValues'" },
    hasValues &&
      matcher.isGiven &&
      !isPlain && { place: matcher, text: "has 'propertyValues' and 'propertyValueMatcher'; keep one of them" },
    !hasValues &&
      !matcher.isGiven && {
        place: written,
        text: `has nothing to compare with; give ${isPlain ? "'propertyValues'" : "'propertyValues' or 'propertyValueMatcher'"}`,
      },
  ];
  return faults.filter((fault) => fault !== false);
}
