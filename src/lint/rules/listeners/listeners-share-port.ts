import { sameName } from '../../../base/case-insensitive-map.ts';
import type { HttpListener } from '../../../gateway/model.ts';
import { describeEndpoint, sameEndpoint } from '../../facts/listener-places.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5032',
  id: 'listeners-share-port',
  severity: 'error',
  category: 'listeners',
  title: 'Listeners on one address and port differ in their host names',
  why: 'Azure refuses two listeners that would take the same requests.',
  source: 'https://learn.microsoft.com/azure/application-gateway/multiple-site-overview',
  azureCode: 'ApplicationGatewayHttpListenersUsingSameFrontendPort',
  azureMessage: 'Two Http Listeners of Application Gateway {gateway} are using the same Frontend Port {port}.',
  check({ gateway, report }) {
    gateway.httpListeners.forEach((listener, index) => {
      const earlier = gateway.httpListeners.slice(0, index);
      for (const other of earlier.filter((candidate) => sameEndpoint(candidate, listener))) {
        const shared = sharedHost(listener, other);
        if (shared === undefined) continue;
        const where = describeEndpoint(listener);
        const what = shared === '' ? 'every host name' : `host name '${shared}'`;
        report(listener.origin, `Listeners '${other.name}' and '${listener.name}' both take ${what} on ${where}.`, {
          azureValues: { port: listener.frontendPort?.id ?? '' },
          related: [{ message: `Listener '${other.name}' is here.`, place: other.origin }],
        });
      }
    });
  },
});

/** A host name that both list; an empty one when both take every name. */
function sharedHost(a: HttpListener, b: HttpListener): string | undefined {
  if (a.hostNames.length === 0 && b.hostNames.length === 0) return '';
  return a.hostNames.find((name) => b.hostNames.some((other) => sameName(name, other)));
}
