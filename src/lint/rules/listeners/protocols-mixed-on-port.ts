import type { HttpListener } from '../../../gateway/model.ts';
import { describeEndpoint, sameEndpoint } from '../../facts/listener-places.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5037',
  id: 'protocols-mixed-on-port',
  severity: 'error',
  category: 'listeners',
  title: 'Listeners on one address and port speak one protocol',
  why: 'A connection is TLS or it is not, before the gateway can read a host name.',
  source: 'https://learn.microsoft.com/azure/application-gateway/configuration-listeners#protocol',
  azureCode: 'ApplicationGatewayHttpListenersUsingSameFrontendPort',
  check({ gateway, raw, report }) {
    const firsts: HttpListener[] = [];
    for (const listener of gateway.httpListeners) {
      const first = firsts.find((candidate) => sameEndpoint(candidate, listener));
      if (first === undefined) firsts.push(listener);
      else if (first.protocol !== listener.protocol) {
        const message = `Listener '${listener.name}' speaks ${listener.protocol} on ${describeEndpoint(listener)}, where '${first.name}' speaks ${first.protocol}.`;
        report(raw(listener.origin, 'properties', 'protocol'), message, {
          related: [{ message: `Listener '${first.name}' is here.`, place: first.origin }],
        });
      }
    }
  },
});
