import type { Origin } from '../../../gateway/model.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5039',
  id: 'layer-4-protocol-misplaced',
  severity: 'error',
  category: 'listeners',
  title: 'HTTP listeners and HTTP settings speak Http or Https',
  why: "Tcp and Tls have collections of their own: 'listeners', 'backendSettingsCollection' and 'routingRules'.",
  source: 'https://learn.microsoft.com/azure/application-gateway/tcp-tls-proxy-overview',
  check({ gateway, raw, report }) {
    const checkOne = (label: string, origin: Origin, collection: string) => {
      const protocol = raw(origin, 'properties', 'protocol');
      if (!/^(tcp|tls)$/i.test(protocol.text ?? '')) return;
      report(protocol, `${label} has protocol '${protocol.text}', which belongs into '${collection}'.`);
    };
    for (const { name, origin } of gateway.httpListeners) checkOne(`Listener '${name}'`, origin, 'listeners');
    for (const { name, origin } of gateway.backendHttpSettingsCollection) {
      checkOne(`Backend settings '${name}'`, origin, 'backendSettingsCollection');
    }
  },
});
