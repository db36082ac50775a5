import { sourcesOfName } from '../../facts/name-sent-to.ts';
import { backendTargetsOf } from '../../facts/route-targets.ts';
import { defineRule } from '../../rule.ts';

/** Services that tell their customers apart by the Host header alone. */
const sharedHosts =
  /\.(azurewebsites\.net|azurestaticapps\.net|azurecontainerapps\.io|azure-api\.net|web\.core\.windows\.net|blob\.core\.windows\.net|azurefd\.net)$/i;

export const rule = defineRule({
  code: 'AGW2041',
  id: 'shared-host-without-name',
  severity: 'warning',
  category: 'backends',
  title: 'Requests to a shared platform carry its host name',
  why: "App Service and its like find the site by the Host header. Without 'hostName' or 'pickHostNameFromBackendAddress' they get the client's, which they do not know unless it is a custom domain there.",
  source: 'https://learn.microsoft.com/azure/application-gateway/configure-web-app',
  check({ gateway, raw, report }) {
    const reported = new Set<string>();
    for (const { target } of backendTargetsOf(gateway)) {
      const { backendAddressPool: pool, backendHttpSettings: settings } = target;
      const member = pool?.members.find(({ address }) => sharedHosts.test(address));
      if (!pool || !settings || member === undefined) continue;
      if (settings.hostName !== null || settings.pickHostNameFromBackendAddress) continue;
      const key = `${pool.id} ${settings.id}`;
      if (reported.has(key)) continue;
      reported.add(key);
      const message = `Backend settings '${settings.name}' send '${member.address}' (pool '${pool.name}') the client's host name; set 'pickHostNameFromBackendAddress', or 'hostName'.`;
      report(settings.origin, message, {
        related: [{ message: `The member is here.`, place: member.origin }],
        basedOn: [raw(member.origin, 'fqdn'), ...sourcesOfName(raw, pool, settings)],
        hint: 'When the platform knows the custom domain, keep it as it is and ignore this finding with that reason.',
      });
    }
  },
});
