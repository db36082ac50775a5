import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5076',
  id: 'layer-4-probe-with-http',
  severity: 'error',
  category: 'probes',
  title: 'A TCP or TLS probe has nothing of HTTP',
  why: 'Such a probe only connects: host, path and match mean nothing to it. The PROXY protocol header belongs to it alone.',
  source: 'https://learn.microsoft.com/azure/application-gateway/tcp-tls-proxy-overview',
  check({ gateway, raw, report }) {
    for (const probe of gateway.probes) {
      const isLayer4 = probe.protocol === 'Tcp' || probe.protocol === 'Tls';
      const foreign = isLayer4 ? ['host', 'path', 'match'] : ['enableProbeProxyProtocolHeader'];
      for (const member of foreign) {
        const given = raw(probe.origin, 'properties', member);
        if (!given.isGiven || given.boolean === false || given.text === '') continue;
        report(
          given,
          `Probe '${probe.name}' speaks ${probe.protocol} and has '${member}', which belongs to ${isLayer4 ? 'HTTP' : 'TCP and TLS'} probes.`,
        );
      }
    }
  },
});
