import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5035',
  id: 'sni-required-on-v1',
  severity: 'error',
  category: 'listeners',
  appliesTo: 'v1',
  title: 'On v1 an HTTPS listener with a host name requires SNI',
  why: 'v1 chooses among the certificates of a port by SNI, and refuses a multi-site HTTPS listener that does not ask for it.',
  source: 'https://learn.microsoft.com/azure/application-gateway/multiple-site-overview',
  check({ gateway, raw, report }) {
    for (const listener of gateway.httpListeners) {
      if (listener.protocol !== 'Https' || listener.hostNames.length === 0 || listener.requireServerNameIndication)
        continue;
      const place = raw(listener.origin, 'properties', 'requireServerNameIndication');
      report(
        place,
        `Listener '${listener.name}' has a host name and speaks Https; set 'requireServerNameIndication' to true.`,
      );
    }
  },
});
