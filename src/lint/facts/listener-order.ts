import type { Gateway, HttpListener, RequestRoutingRule } from '../../gateway/model.ts';
import { hasWildcard } from './host-pattern.ts';

export interface ServedListener {
  readonly listener: HttpListener;
  readonly rule: RequestRoutingRule;
}

/**
 * The listeners that a rule serves, in the order in which a request is offered to them: on v2 by the priority of the
 * rule, on v1 and without priorities as the documentation of the time says.
 * https://learn.microsoft.com/azure/application-gateway/configuration-listeners#order-of-processing-listeners
 */
export function listenersInOrder(gateway: Gateway): readonly ServedListener[] {
  const served = gateway.requestRoutingRules.flatMap((rule) =>
    rule.httpListener === null ? [] : [{ listener: rule.httpListener, rule }],
  );
  if (gateway.sku.generation === 'v1') return served;
  return served.sort((a, b) => rank(a) - rank(b));
}

const highestPriority = 20_000;

function rank({ listener, rule }: ServedListener): number {
  // Before priorities v2 took exact names before wildcards and those before basic listeners.
  return rule.priority ?? highestPriority + kindRank(listener);
}

function kindRank({ hostNames }: HttpListener): number {
  if (hostNames.length === 0) return 3;
  return hostNames.some(hasWildcard) ? 2 : 1;
}

/** Whether two listeners listen on the same address and port. */
export function sameEndpoint(a: HttpListener, b: HttpListener): boolean {
  return (
    a.frontendIPConfiguration !== null &&
    a.frontendIPConfiguration === b.frontendIPConfiguration &&
    a.frontendPort !== null &&
    b.frontendPort !== null &&
    a.frontendPort.port === b.frontendPort.port
  );
}
