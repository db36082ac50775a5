import { parseResourceId } from '../../../base/resource-id.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5122',
  id: 'jwt-validation-invalid',
  severity: 'error',
  category: 'routing-rules',
  title: 'Tokens are validated on HTTPS listeners, for up to five audiences',
  why: 'Azure refuses token validation on plain HTTP and longer lists of audiences.',
  source: 'https://learn.microsoft.com/azure/application-gateway/json-web-token-overview',
  check({ gateway, raw, report }) {
    for (const configuration of raw(gateway.origin, 'properties', 'entraJWTValidationConfigs').items()) {
      const audiences = configuration.at('properties', 'audiences');
      const name = configuration.member('name').text ?? '';
      const count = audiences.items().length;
      if (count > 5) report(audiences, `Token validation '${name}' has ${count} audiences; 5 is the most.`);
    }
    for (const rule of gateway.requestRoutingRules.filter(({ httpListener }) => httpListener?.protocol === 'Http')) {
      const reference = raw(rule.origin, 'properties', 'entraJWTValidationConfig', 'id');
      if (reference.text === undefined) continue;
      const name = parseResourceId(reference.text)?.names.at(-1) ?? reference.text;
      report(
        reference,
        `Rule '${rule.name}' validates tokens ('${name}'), but its listener '${rule.httpListener?.name}' speaks Http.`,
      );
    }
  },
});
