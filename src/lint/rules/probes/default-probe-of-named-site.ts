import { nameSentTo, sourcesOfName } from '../../facts/name-sent-to.ts';
import { backendTargetsOf } from '../../facts/route-targets.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW2052',
  id: 'default-probe-of-named-site',
  severity: 'info',
  category: 'probes',
  title: 'A backend that is known by name has a probe of its own',
  why: "The default probe asks for '/' with the host name 127.0.0.1, the documentation says; a backend that serves by host name may answer it with an error, and every request would end in 502.",
  source:
    'https://learn.microsoft.com/azure/application-gateway/application-gateway-probe-overview#default-health-probe',
  check({ gateway, raw, report }) {
    const reported = new Set<unknown>();
    for (const { target } of backendTargetsOf(gateway)) {
      const settings = target.backendHttpSettings;
      if (settings === null || reported.has(settings)) continue;
      // A probe that names nothing has been reported.
      if (raw(settings.origin, 'properties', 'probe').isGiven) continue;
      const sent = nameSentTo(target.backendAddressPool, settings);
      if (sent === undefined) continue;
      reported.add(settings);
      report(
        settings.origin,
        `Backend settings '${settings.name}' send '${sent}' and have no probe; the default one asks for 127.0.0.1. A probe with 'pickHostNameFromBackendHttpSettings' asks for the right name.`,
        { basedOn: sourcesOfName(raw, target.backendAddressPool, settings) },
      );
    }
  },
});
