import type { FrontendPort } from '../../../gateway/model.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5025',
  id: 'duplicate-frontend-port',
  severity: 'error',
  category: 'frontends',
  title: 'Each port number is declared once',
  why: 'Azure refuses two frontend ports with the same number; several listeners can share one.',
  source: 'https://learn.microsoft.com/azure/application-gateway/application-gateway-components#ports',
  check({ gateway, raw, report }) {
    const seen = new Map<number, FrontendPort>();
    for (const port of gateway.frontendPorts) {
      const written = raw(port.origin, 'properties', 'port');
      const first = seen.get(port.port);
      if (written.integer === undefined) continue;
      if (first === undefined) seen.set(port.port, port);
      else {
        report(
          written,
          `Frontend port '${port.name}' has the number ${port.port}, as '${first.name}' has; use that one.`,
          {
            related: [{ message: `'${first.name}' is here.`, place: first.origin }],
          },
        );
      }
    }
  },
});
