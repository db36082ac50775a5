import { quotedList } from '../../facts/names.ts';
import { findPublicAddress } from '../../facts/neighbours.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5023',
  id: 'public-ip-zones',
  severity: 'error',
  category: 'frontends',
  appliesTo: 'v2',
  title: "The public address is in all of the gateway's zones",
  why: 'A gateway with zones needs an address that lives in each of them.',
  source: 'https://learn.microsoft.com/azure/application-gateway/application-gateway-autoscaling-zone-redundant',
  azureCode: 'ZonalApplicationGatewayCannotReferenceNoZonePublicIp',
  azureMessage:
    'Zonal Application Gateway {gateway} with zones {zones} cannot reference a non-zonal public ip {publicIp}. The IP should use all zones used by the Application Gateway.',
  check({ gateway, graph, raw, report }) {
    if (gateway.zones.length === 0) return;
    for (const frontend of gateway.frontendIPConfigurations) {
      const address = findPublicAddress(graph, frontend);
      if (address === undefined) continue;
      const zones = address.member('zones');
      const given = zones.items().flatMap((zone) => zone.text ?? []);
      const missing = gateway.zones.filter((zone) => !given.includes(zone));
      if (missing.length === 0) continue;
      const name = address.member('name').text ?? '';
      report(
        zones,
        `Gateway '${gateway.name}' is in zones ${quotedList(gateway.zones)}; public IP address '${name}' is not in ${quotedList(missing)}.`,
        {
          azureValues: { zones: gateway.zones.join(', '), publicIp: frontend.publicIPAddressId ?? '' },
          related: [{ message: "The gateway's zones are here.", place: raw(gateway.origin, 'zones') }],
        },
      );
    }
  },
});
