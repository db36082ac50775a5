import type { Raw } from '../../raw.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5038',
  id: 'layer-4-listener-invalid',
  severity: 'error',
  category: 'listeners',
  title: 'A layer-4 listener has what TCP or TLS needs',
  why: "The 'listeners' of a gateway speak Tcp or Tls on an address and a port. Tls needs a certificate; without TLS there is no host name to tell listeners apart.",
  source: 'https://learn.microsoft.com/azure/application-gateway/tcp-tls-proxy-overview',
  check({ gateway, raw, report }) {
    for (const listener of raw(gateway.origin, 'properties', 'listeners').items()) {
      const properties = listener.member('properties');
      const label = `Layer-4 listener '${listener.member('name').text ?? ''}'`;
      for (const [place, text] of faultsOf(listener, properties)) report(place, `${label} ${text}.`);
    }
  },
});

function faultsOf(listener: Raw, properties: Raw): readonly (readonly [Raw, string])[] {
  const protocol = properties.member('protocol');
  const speaks = protocol.text?.toLowerCase();
  const hostNames = properties.member('hostNames');
  const missing = ['frontendIPConfiguration', 'frontendPort'].filter((member) => !properties.member(member).isGiven);
  return [
    ...missing.map((member) => [listener, `has no '${member}'`] as const),
    ...(speaks === 'http' || speaks === 'https'
      ? [
          [
            protocol,
            `speaks ${protocol.text}, which belongs into 'httpListeners'; 'Tcp' and 'Tls' are possible`,
          ] as const,
        ]
      : []),
    ...(speaks === 'tls' && !properties.member('sslCertificate').isGiven
      ? [[protocol, "speaks Tls and has no 'sslCertificate'"] as const]
      : []),
    ...(speaks === 'tcp' && hostNames.items().length > 0
      ? [[hostNames, "speaks Tcp and has 'hostNames', which only Tls tells"] as const]
      : []),
  ];
}
