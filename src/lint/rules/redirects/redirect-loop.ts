import type { Gateway, HttpListener, RequestRoutingRule } from '../../../gateway/model.ts';
import { sameEndpoint } from '../../facts/listener-places.ts';
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
    const reported = new Set<RequestRoutingRule>();
    for (const rule of gateway.requestRoutingRules) {
      const loop = followRedirects(gateway, rule);
      if (loop === undefined || loop.some((member) => reported.has(member))) continue;
      for (const member of loop) reported.add(member);
      const names = [...loop, loop[0]].map((member) => `'${member?.name}'`).join(' → ');
      const message =
        loop.length === 1
          ? `Rule '${rule.name}' redirects to its own listener '${rule.httpListener?.name}': clients go round in circles.`
          : `Rules ${names} redirect to each other: clients go round in circles.`;
      report(raw(rule.origin, 'properties', 'redirectConfiguration'), message, {
        related: loop.slice(1).map((member) => ({ message: `Rule '${member.name}' is here.`, place: member.origin })),
      });
    }
  },
});

/** The rules that a request goes through again and again; undefined when it gets somewhere. */
function followRedirects(gateway: Gateway, start: RequestRoutingRule): readonly RequestRoutingRule[] | undefined {
  const visited: RequestRoutingRule[] = [];
  for (let rule: RequestRoutingRule | undefined = start; rule !== undefined; ) {
    if (visited.includes(rule)) return visited.slice(visited.indexOf(rule));
    visited.push(rule);
    const target = targetListener(gateway, rule);
    rule = gateway.requestRoutingRules.find(({ httpListener }) => target !== undefined && httpListener === target);
  }
  return undefined;
}

/** The listener to which all requests of a rule are redirected, by itself or as the host of a URL. */
function targetListener(gateway: Gateway, { httpListener, target }: RequestRoutingRule): HttpListener | undefined {
  if (target.kind !== 'redirect' || httpListener === null) return undefined;
  const to = target.redirectConfiguration.target;
  if (to === null) return undefined;
  return to.kind === 'listener' ? to.listener : listenerOfUrl(gateway, httpListener, to.url);
}

/** Only a name that a listener spells out is surely its own; where other names lead is for DNS to say. */
function listenerOfUrl(gateway: Gateway, from: HttpListener, text: string): HttpListener | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
  const protocol = url.protocol === 'https:' ? 'Https' : 'Http';
  return gateway.httpListeners.find(
    (listener) =>
      listener.protocol === protocol &&
      listener.frontendPort?.port === port &&
      listener.hostNames.some((name) => name.toLowerCase() === url.hostname) &&
      (listener !== from || sameEndpoint(listener, from)),
  );
}
