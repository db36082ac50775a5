import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5051',
  id: 'path-rule-without-target',
  severity: 'error',
  category: 'path-maps',
  title: 'A path rule says where requests go',
  why: 'A path rule needs a pool and settings, or a redirect.',
  source: 'https://learn.microsoft.com/azure/application-gateway/url-route-overview',
  check({ gateway, raw, report }) {
    for (const map of gateway.urlPathMaps) {
      for (const pathRule of map.pathRules) {
        const properties = raw(pathRule.origin, 'properties');
        const has = (member: string) => properties.member(member).isGiven;
        if (has('redirectConfiguration')) continue;
        const missing = [
          ...(has('backendAddressPool') || has('loadDistributionPolicy') ? [] : ['backendAddressPool']),
          ...(has('backendHttpSettings') ? [] : ['backendHttpSettings']),
        ];
        if (missing.length === 0) continue;
        const names = missing.map((member) => `'${member}'`).join(' and ');
        report(pathRule.origin, `Path rule '${pathRule.name}' of path map '${map.name}' has no ${names}.`);
      }
    }
  },
});
