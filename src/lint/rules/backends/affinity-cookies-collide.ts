import type { RequestRoutingRule } from '../../../gateway/model.ts';
import { targetsOfRule } from '../../facts/route-targets.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW2048',
  id: 'affinity-cookies-collide',
  severity: 'warning',
  category: 'backends',
  title: 'Backend settings of one site have affinity cookies of their own',
  why: 'A cookie belongs to its backend settings. Two of them behind one listener with the same cookie name overwrite each other, and clients change servers with every path.',
  source: 'https://github.com/Azure/application-gateway-kubernetes-ingress/pull/1280',
  check({ gateway, raw, report }) {
    const reported = new Set<unknown>();
    for (const rule of gateway.requestRoutingRules) {
      const settings = affineSettings(rule);
      for (const [index, one] of settings.entries()) {
        const other = settings
          .slice(0, index)
          .find(({ affinityCookieName }) => affinityCookieName === one.affinityCookieName);
        if (other === undefined || reported.has(one)) continue;
        reported.add(one);
        const properties = raw(one.origin, 'properties');
        const cookie = properties.member('affinityCookieName');
        const message = `Backend settings '${other.name}' and '${one.name}' of rule '${rule.name}' both use the affinity cookie '${one.affinityCookieName}'; give one another 'affinityCookieName'.`;
        report(cookie.isGiven ? cookie : properties.member('cookieBasedAffinity'), message, {
          related: [{ message: `'${other.name}' is here.`, place: other.origin }],
        });
      }
    }
  },
});

function affineSettings(rule: RequestRoutingRule) {
  const settings = targetsOfRule(rule).flatMap(({ target }) =>
    target.kind === 'backend' ? (target.backendHttpSettings ?? []) : [],
  );
  return [...new Set(settings)].filter(({ cookieBasedAffinity }) => cookieBasedAffinity);
}
