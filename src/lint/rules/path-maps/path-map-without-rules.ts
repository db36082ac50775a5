import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5054',
  id: 'path-map-without-rules',
  severity: 'error',
  category: 'path-maps',
  title: 'A path map has a path rule',
  why: 'A map that sends every path to its default is refused; a rule of type Basic does the same without one.',
  source:
    'https://learn.microsoft.com/troubleshoot/azure/application-gateway/troubleshoot-application-gateway-deployment-scaling-deletion-failures',
  azureCode: 'ApplicationGatewayUrlPathMapMustSpecifyPathRules',
  check({ gateway, raw, report }) {
    for (const map of gateway.urlPathMaps) {
      const pathRules = raw(map.origin, 'properties', 'pathRules');
      const isWrongType = pathRules.isGiven && pathRules.value?.kind !== 'Array';
      if (isWrongType || pathRules.items().length > 0) continue;
      report(
        pathRules.isGiven ? pathRules : map.origin,
        `Path map '${map.name}' has no path rules; add one, or send the listener's requests on with a rule of type Basic.`,
        { basedOn: [pathRules] },
      );
    }
  },
});
