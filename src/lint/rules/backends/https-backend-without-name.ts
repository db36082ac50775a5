import { backendTargetsOf } from '../../facts/route-targets.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW2042',
  id: 'https-backend-without-name',
  severity: 'warning',
  category: 'backends',
  appliesTo: 'v2',
  title: 'HTTPS to an IP address names the certificate',
  why: "v2 checks that a backend's certificate is for the host name sent to it. With pickHostNameFromBackendAddress that is the bare IP address, for which public authorities issue no certificate.",
  source:
    'https://learn.microsoft.com/azure/application-gateway/ssl-overview#backend-tls-connection-application-gateway-to-the-backend-server',
  check({ gateway, raw, report }) {
    const reported = new Set<unknown>();
    for (const { target } of backendTargetsOf(gateway)) {
      const { backendAddressPool: pool, backendHttpSettings: settings } = target;
      const member = pool?.members.find(({ kind }) => kind === 'ipAddress');
      if (!pool || !settings || member === undefined || reported.has(settings)) continue;
      if (settings.protocol !== 'Https' || !settings.pickHostNameFromBackendAddress || !settings.validateSNI) continue;
      reported.add(settings);
      const place = raw(settings.origin, 'properties', 'pickHostNameFromBackendAddress');
      const message = `Backend settings '${settings.name}' speak Https to ${member.address} (pool '${pool.name}') by its address, and its certificate must name that address; set 'hostName' to the name in the certificate.`;
      report(place, message, { related: [{ message: 'The member is here.', place: member.origin }] });
    }
  },
});
