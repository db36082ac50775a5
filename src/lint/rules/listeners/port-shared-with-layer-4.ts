import { sameId } from '../../../base/resource-id.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5036',
  id: 'port-shared-with-layer-4',
  severity: 'error',
  category: 'listeners',
  title: 'A port serves HTTP or TCP, not both',
  why: 'An HTTP listener and a TCP or TLS listener cannot share a frontend port.',
  source: 'https://learn.microsoft.com/azure/application-gateway/tcp-tls-proxy-overview',
  check({ gateway, raw, report }) {
    for (const other of raw(gateway.origin, 'properties', 'listeners').items()) {
      const port = other.at('properties', 'frontendPort', 'id');
      if (port.text === undefined) continue;
      for (const listener of gateway.httpListeners) {
        const used = raw(listener.origin, 'properties', 'frontendPort', 'id');
        if (used.text === undefined || !sameId(used.text, port.text)) continue;
        const names = `Listener '${other.member('name').text ?? ''}' and HTTP listener '${listener.name}'`;
        report(port, `${names} use the same frontend port '${listener.frontendPort?.name ?? ''}'.`, {
          related: [{ message: `Listener '${listener.name}' is here.`, place: listener.origin }],
        });
      }
    }
  },
});
