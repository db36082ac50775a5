import type { Raw } from '../../raw.ts';
import { defineRule } from '../../rule.ts';

/** What every gateway has, each by one of these names. The subnet has a rule of its own, with Azure's code. */
const needed: readonly (readonly [type: string, ...names: readonly string[]])[] = [
  ['FrontendIpConfiguration', 'frontendIPConfigurations'],
  ['FrontendPort', 'frontendPorts'],
  ['BackendAddressPool', 'backendAddressPools'],
  ['BackendHttpSettings', 'backendHttpSettingsCollection', 'backendSettingsCollection'],
  ['HttpListener', 'httpListeners', 'listeners'],
  ['RequestRoutingRule', 'requestRoutingRules', 'routingRules'],
];

export const rule = defineRule({
  code: 'AGW5029',
  id: 'collection-empty',
  severity: 'error',
  category: 'operations',
  title: 'A gateway has an address, a port, a pool, settings, a listener and a rule',
  why: 'Azure takes no gateway without one of each, even where all requests are redirected; to one that has none of them it answers "An error occurred".',
  source: 'https://github.com/pulumi/pulumi-azure-native/issues/2139',
  azureCode: 'ApplicationGatewayMustHaveAtleastOneResourceOfType',
  azureMessage: 'At least one {type} resource must be specified for the Application Gateway {gateway}.',
  check({ gateway, raw, report }) {
    const properties = raw(gateway.origin, 'properties');
    const isEmpty = (collection: Raw) => !collection.isUncertain && collection.items().length === 0;
    const missing = needed.filter(([, ...names]) => names.every((name) => isEmpty(properties.member(name))));
    const [[type, first] = []] = missing;
    if (type === undefined || first === undefined) return;
    const names = missing.map(([, name]) => `'${name}'`).join(', ');
    const azure =
      missing.length === needed.length
        ? { azureCode: 'InternalServerError', azureMessage: 'An error occurred.' }
        : { azureValues: { type } };
    report(properties.member(first), `Gateway '${gateway.name}' has no ${names}; Azure needs one of each.`, azure);
  },
});
