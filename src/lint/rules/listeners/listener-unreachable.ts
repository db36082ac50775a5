import type { HttpListener } from '../../../gateway/model.ts';
import { orderHosts, orderRoutes, type RoutedListener } from '../../../routing/order-routes.ts';
import { hostPatternCovers } from '../../facts/host-pattern.ts';
import { hostNamesOf } from '../../facts/listener-host-names.ts';
import { sameEndpoint } from '../../facts/listener-places.ts';
import { defineRule } from '../../rule.ts';

interface Candidate {
  /** null for a listener that takes every name. */
  readonly pattern: string | null;
  readonly value: RoutedListener;
}

export const rule = defineRule({
  code: 'AGW2005',
  id: 'listener-unreachable',
  severity: 'warning',
  category: 'listeners',
  title: 'No listener stands behind one that takes all of its host names',
  why: 'On one address and port the listener whose rule comes first takes every request that fits; a wildcard or a listener for all names should come last.',
  source:
    'https://learn.microsoft.com/azure/application-gateway/multiple-site-overview#request-routing-rules-evaluation-order',
  check({ gateway, raw, report }) {
    const candidates = orderHosts(orderRoutes(gateway).flatMap(candidatesOf), gateway.sku.generation);
    for (const [index, { pattern, value }] of candidates.entries()) {
      const wider = candidates.slice(0, index).find((earlier) => takesAll(earlier, pattern, value.listener));
      if (wider === undefined) continue;
      const name = pattern === null ? 'every host name' : `host name '${pattern}'`;
      const by = wider.value;
      const message = `Listener '${value.listener.name}' never gets requests for ${name}: rule '${by.rule.name}' with listener '${by.listener.name}' (${orderOf(by)}) comes before rule '${value.rule.name}' (${orderOf(value)}) and takes them.`;
      report(raw(value.rule.origin, 'properties', 'priority'), message, {
        related: [{ message: `Rule '${by.rule.name}' is here.`, place: by.rule.origin }],
        basedOn: [
          raw(by.rule.origin, 'properties', 'priority'),
          ...[by.listener, value.listener].flatMap((listener) => hostNamesOf(raw, listener)),
        ],
        hint: 'Let the rules for single names come first, wildcards after them, and listeners for every name last.',
      });
    }
  },
});

function candidatesOf(value: RoutedListener): readonly Candidate[] {
  const { hostNames } = value.listener;
  return hostNames.length === 0 ? [{ pattern: null, value }] : hostNames.map((pattern) => ({ pattern, value }));
}

/** Whether an earlier candidate takes all that a later one is for. The same name twice is refused by Azure already. */
function takesAll({ pattern, value }: Candidate, later: string | null, listener: HttpListener): boolean {
  if (value.listener === listener || !sameEndpoint(value.listener, listener)) return false;
  if (value.listener.protocol !== listener.protocol) return false;
  if (pattern === null) return later !== null;
  return later !== null && pattern.toLowerCase() !== later.toLowerCase() && hostPatternCovers(pattern, later);
}

function orderOf({ rule }: RoutedListener): string {
  return rule.priority === null ? 'without priority' : `priority ${rule.priority}`;
}
