import type { Origin } from '../../../gateway/model.ts';
import { type RedirectStep, redirectRings } from '../../facts/follow-redirects.ts';
import { hostNamesOf } from '../../facts/listener-host-names.ts';
import { upperFirst } from '../../facts/names.ts';
import type { Raw } from '../../raw.ts';
import type { RuleContext } from '../../rule.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW2010',
  id: 'redirect-loop',
  severity: 'warning',
  category: 'redirects',
  title: 'Redirects lead somewhere',
  why: 'A client that is sent back to where it came from gives up after some twenty rounds.',
  source: 'https://learn.microsoft.com/azure/application-gateway/redirect-overview',
  check({ gateway, raw, report }) {
    for (const ring of redirectRings(gateway)) {
      const [first, ...others] = ring;
      if (first === undefined) continue;
      report(placeOf(raw, first), messageFor(ring, first), {
        related: others.map((step) => ({ message: `${upperFirst(describe(step))} is here.`, place: ownerOf(step) })),
        basedOn: ring.flatMap((step) => sourcesOf(raw, step)),
      });
    }
  },
});

function messageFor(ring: readonly RedirectStep[], first: RedirectStep): string {
  const isOfRules = ring.every(({ rule }) => rule.ruleType === 'Basic');
  if (ring.length > 1) {
    const names = [...ring, first].map((step) => (isOfRules ? `'${step.rule.name}'` : describe(step))).join(' → ');
    return `${isOfRules ? `Rules ${names}` : upperFirst(names)} redirect to each other: clients go round in circles.`;
  }
  const what = upperFirst(describe(first));
  if (!isOfRules)
    return `${what} redirects to ${targetOf(first)}, and gets the request again: clients go round in circles.`;
  return `${what} redirects to its own listener '${first.rule.httpListener?.name}': clients go round in circles.`;
}

function targetOf({ outcome }: RedirectStep): string {
  const { target } = outcome.redirectConfiguration;
  return target?.kind === 'listener' ? `listener '${target.listener.name}'` : `'${target?.url}'`;
}

function describe({ rule, pathRule, advancedRoutingRule }: RedirectStep): string {
  if (pathRule !== null) return `path rule '${pathRule.name}' of path map '${rule.urlPathMap?.name}'`;
  if (rule.advancedRoutingMap !== null) {
    const map = `advanced routing map '${rule.advancedRoutingMap.name}'`;
    return advancedRoutingRule === null ? `the default of ${map}` : `rule '${advancedRoutingRule.name}' of ${map}`;
  }
  return rule.urlPathMap === null ? `rule '${rule.name}'` : `the default of path map '${rule.urlPathMap.name}'`;
}

function ownerOf({ rule, pathRule, advancedRoutingRule }: RedirectStep): Origin {
  return (pathRule ?? advancedRoutingRule ?? mapOf(rule) ?? rule).origin;
}

function placeOf(raw: RuleContext['raw'], step: RedirectStep): Raw {
  const isDefault = (step.pathRule ?? step.advancedRoutingRule) === null && mapOf(step.rule) !== null;
  return raw(ownerOf(step), 'properties', isDefault ? 'defaultRedirectConfiguration' : 'redirectConfiguration');
}

function mapOf({ urlPathMap, advancedRoutingMap }: RedirectStep['rule']) {
  return urlPathMap ?? advancedRoutingMap;
}

/** What decides where a redirect leads, and who gets it. */
function sourcesOf(
  raw: RuleContext['raw'],
  { rule, pathRule, advancedRoutingRule, outcome }: RedirectStep,
): readonly Raw[] {
  const { origin } = outcome.redirectConfiguration;
  return [
    ...['targetUrl', 'includePath'].map((member) => raw(origin, 'properties', member)),
    ...(pathRule === null ? [] : [raw(pathRule.origin, 'properties', 'paths')]),
    ...(advancedRoutingRule?.conditionSet?.routingConditions ?? []).map((condition) =>
      raw(condition.origin, 'propertyValues'),
    ),
    ...(rule.httpListener === null ? [] : hostNamesOf(raw, rule.httpListener)),
  ];
}
