import { type Diagnostic, type DiagnosticKind, diagnose } from '../base/diagnostic.ts';
import type { Gateway, HttpListener, RequestRoutingRule } from '../gateway/model.ts';
import type { HostCandidate } from './host-table.ts';
import { hasWildcard } from './match-host.ts';

/** A rule and the listener it answers for. */
export interface RoutedListener {
  readonly rule: RequestRoutingRule;
  readonly listener: HttpListener;
}

const protocolConflict: DiagnosticKind = {
  code: 'AGW7001',
  rule: 'listener-protocol-conflict',
  severity: 'error',
};

/**
 * The listeners that have a rule and a place to listen at, in the order in which the gateway tries them: v2 by the
 * rule's priority, v1 as the rules are listed. A listener without a rule is never bound.
 * https://learn.microsoft.com/azure/application-gateway/configuration-listeners
 */
export function orderRoutes(gateway: Gateway): RoutedListener[] {
  const routed = gateway.requestRoutingRules.flatMap((rule) => {
    const listener = rule.httpListener;
    return listener?.frontendIPConfiguration && listener.frontendPort ? [{ rule, listener }] : [];
  });
  return gateway.sku.generation === 'v1' ? routed : routed.sort((a, b) => priorityOf(a.rule) - priorityOf(b.rule));
}

/**
 * The order in which the host names of listeners are tried. Rules of v2 without a priority, as in templates from before
 * it was required, go by how exact the name is: a plain name, then wildcards, then listeners for every name.
 * https://learn.microsoft.com/azure/application-gateway/multiple-site-overview
 */
export function orderHosts<T extends RoutedListener>(
  hosts: readonly HostCandidate<T>[],
  generation: 'v1' | 'v2',
): HostCandidate<T>[] {
  if (generation === 'v1') return [...hosts];
  return [...hosts].sort(
    (a, b) =>
      priorityOf(a.value.rule) - priorityOf(b.value.rule) ||
      (a.value.rule.priority === null ? vagueness(a.pattern) - vagueness(b.pattern) : 0),
  );
}

/** Rules without a priority come after those that have one. Finite, so that two of them compare as equal. */
function priorityOf(rule: RequestRoutingRule): number {
  return rule.priority ?? Number.MAX_SAFE_INTEGER;
}

function vagueness(pattern: string | null): number {
  if (pattern === null) return 2;
  return hasWildcard(pattern) ? 1 : 0;
}

/** One address and port speaks one protocol; listeners of the other are not served. */
export function listenersTurnedAway(gateway: Gateway): Diagnostic[] {
  const firsts = new Map<string, HttpListener>();
  return orderRoutes(gateway).flatMap(({ listener }) => {
    const place = `${listener.frontendIPConfiguration?.name}:${listener.frontendPort?.port}`;
    const first = firsts.get(place) ?? listener;
    firsts.set(place, first);
    return first.protocol === listener.protocol ? [] : [describeConflict(listener, first)];
  });
}

function describeConflict(listener: HttpListener, first: HttpListener): Diagnostic {
  return diagnose(protocolConflict, {
    message:
      `Listener '${listener.name}' speaks ${listener.protocol} on port ${listener.frontendPort?.port}, where listener ` +
      `'${first.name}' speaks ${first.protocol}; it is not served. Listeners on one address and port need one protocol.`,
    span: listener.origin.span,
    path: listener.origin.path,
    related: [{ message: `Listener '${first.name}'`, span: first.origin.span }],
  });
}
