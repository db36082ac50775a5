import type { PropertyReader } from '../../resources/property-reader.ts';
import type {
  AdvancedRoutingConditionSet,
  AdvancedRoutingMap,
  AdvancedRoutingRule,
  RoutingCondition,
  RoutingConditionType,
} from '../model.ts';
import type { BuildContext } from './build-context.ts';
import type { Collection } from './collections.ts';
import { type Entry, originOf, readEntries } from './entries.ts';
import { resolveReference } from './resolve-reference.ts';
import { buildRouteTarget, type RouteTargets } from './route-target.ts';
import { buildValueMatcher } from './value-matcher.ts';

/** The collections to which an advanced routing map refers. */
export interface AdvancedRoutingTargets extends RouteTargets {
  readonly advancedRoutingConditionSets: Collection<AdvancedRoutingConditionSet>;
}

const conditionTypes: readonly RoutingConditionType[] = ['Header', 'QueryString', 'Path', 'ClientIP', 'Method'];

export function buildAdvancedRoutingConditionSet({ common, properties }: Entry): AdvancedRoutingConditionSet {
  return { ...common, routingConditions: properties.objects('routingConditions').map(buildCondition) };
}

function buildCondition(condition: PropertyReader): RoutingCondition {
  const hasMatcher = condition.has('propertyValueMatcher');
  return {
    conditionType: condition.oneOf('conditionType', conditionTypes),
    propertyName: condition.text('propertyName'),
    propertyValues: condition.strings('propertyValues'),
    propertyValueMatcher: hasMatcher ? buildValueMatcher(condition.object('propertyValueMatcher')) : null,
    origin: originOf(condition),
  };
}

export function buildAdvancedRoutingMap(
  context: BuildContext,
  entry: Entry,
  targets: AdvancedRoutingTargets,
): AdvancedRoutingMap {
  const rules = readEntries(context, entry.properties, {
    key: 'advancedRoutingRules',
    label: 'advanced routing rule',
    ownerId: entry.common.id,
  });
  return {
    ...entry.common,
    defaultTarget: buildRouteTarget(context, entry, targets, 'default'),
    // A stable sort: rules with the same priority keep the order in which they are listed.
    advancedRoutingRules: rules
      .flatMap((rule) => buildRule(context, rule, targets))
      .sort((a, b) => orderOf(a) - orderOf(b)),
  };
}

/** A rule whose conditions cannot be found is left out, which has been reported: it must not take every request. */
function buildRule(context: BuildContext, entry: Entry, targets: AdvancedRoutingTargets): AdvancedRoutingRule[] {
  const key = 'advancedRoutingConditionSet';
  const conditionSet = resolveReference(context, entry, key, targets.advancedRoutingConditionSets);
  const target = buildRouteTarget(context, entry, targets, 'rule');
  if (conditionSet === null && entry.properties.has(key)) return [];
  return [{ ...entry.common, priority: entry.properties.integer('priority'), conditionSet, target }];
}

/** Rules without a priority come last. Finite, so that two of them compare as equal. */
function orderOf({ priority }: AdvancedRoutingRule): number {
  return priority ?? Number.MAX_SAFE_INTEGER;
}
