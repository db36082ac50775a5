import { targetsOfRule } from '../../facts/route-targets.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW2047',
  id: 'affinity-on-plain-http',
  severity: 'info',
  category: 'backends',
  appliesTo: 'v2',
  title: 'Cookie affinity goes with HTTPS',
  why: 'The second affinity cookie, for requests from other sites, is marked Secure: over plain HTTP browsers do not send it back, and such requests change servers.',
  source: 'https://learn.microsoft.com/azure/application-gateway/configuration-http-settings#cookie-based-affinity',
  check({ gateway, raw, report }) {
    const reported = new Set<unknown>();
    for (const rule of gateway.requestRoutingRules.filter(({ httpListener }) => httpListener?.protocol === 'Http')) {
      for (const { target } of targetsOfRule(rule)) {
        const settings = target.kind === 'backend' ? target.backendHttpSettings : null;
        if (!settings?.cookieBasedAffinity || reported.has(settings)) continue;
        reported.add(settings);
        const place = raw(settings.origin, 'properties', 'cookieBasedAffinity');
        report(
          place,
          `Backend settings '${settings.name}' keep clients on their server by cookie; over the Http listener '${rule.httpListener?.name}' that fails for requests from other sites.`,
        );
      }
    }
  },
});
