import type { Raw } from '../../raw.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5061',
  id: 'layer-4-settings-invalid',
  severity: 'error',
  category: 'backends',
  title: 'Layer-4 backend settings have what TCP or TLS needs',
  why: "The 'backendSettingsCollection' of a gateway is for Tcp and Tls, with a port from 1 to 65535; a host name is sent with TLS only.",
  source: 'https://learn.microsoft.com/azure/application-gateway/configuration-http-settings',
  check({ gateway, raw, report }) {
    for (const settings of raw(gateway.origin, 'properties', 'backendSettingsCollection').items()) {
      const label = `Layer-4 settings '${settings.member('name').text ?? ''}'`;
      for (const [place, text] of faultsOf(settings.member('properties'))) report(place, `${label} ${text}.`);
    }
  },
});

function faultsOf(properties: Raw): readonly (readonly [Raw, string])[] {
  const [protocol, hostName, port, timeout] = [
    properties.member('protocol'),
    properties.member('hostName'),
    properties.member('port'),
    properties.member('timeout'),
  ];
  const speaks = protocol.text?.toLowerCase();
  const faults: (readonly [Raw, string, boolean])[] = [
    [
      protocol,
      `speak ${protocol.text}, which belongs into 'backendHttpSettingsCollection'; 'Tcp' and 'Tls' are possible`,
      speaks === 'http' || speaks === 'https',
    ],
    [hostName, "speak Tcp and have a 'hostName', which only Tls sends", speaks === 'tcp' && Boolean(hostName.text)],
    [
      port,
      `have ${port.isGiven ? `port ${port.integer}` : 'no port'}; ports go from 1 to 65535`,
      isOutside(port, 65_535),
    ],
    [
      timeout,
      `have a timeout of ${timeout.integer} s; it goes from 1 to 86400`,
      timeout.isGiven && isOutside(timeout, 86_400),
    ],
  ];
  return faults.filter(([, , isFault]) => isFault).map(([place, text]) => [place, text] as const);
}

function isOutside(given: Raw, last: number): boolean {
  if (!given.isGiven) return true;
  return given.integer !== undefined && (given.integer < 1 || given.integer > last);
}
