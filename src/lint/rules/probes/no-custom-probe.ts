import { nameSentTo } from '../../facts/name-sent-to.ts';
import { backendTargetsOf } from '../../facts/route-targets.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW6023',
  id: 'no-custom-probe',
  severity: 'info',
  category: 'probes',
  title: 'Backends have a probe of their own',
  why: "The default probe asks for '/' and takes 200 to 399 for healthy, whether the application works or not.",
  source: 'https://learn.microsoft.com/azure/application-gateway/application-gateway-probe-overview',
  sameAs: ['APRL 847a8d88-21c4-bc48-a94e-562206edd767'],
  check({ gateway, raw, report }) {
    const targets = backendTargetsOf(gateway).map(({ target }) => target);
    const used = new Set(targets.map(({ backendHttpSettings }) => backendHttpSettings));
    // To these the default probe does worse than to ask for '/', which another rule says.
    const named = new Set(
      targets.map(({ backendAddressPool: pool, backendHttpSettings: settings }) =>
        settings !== null && nameSentTo(pool, settings) !== undefined ? settings : null,
      ),
    );
    for (const settings of used) {
      if (settings === null || named.has(settings) || raw(settings.origin, 'properties', 'probe').isGiven) continue;
      report(settings.origin, `Backend settings '${settings.name}' have no probe; the default one asks for '/'.`);
    }
  },
});
