import { parseResourceId } from '../../../base/resource-id.ts';
import type { RuleContext } from '../../rule.ts';
import { defineRule } from '../../rule.ts';

const guid = '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}';

const idPatterns = [
  ['tenantId', new RegExp(`^(${guid}|common|organizations|consumers)$`, 'i')],
  ['clientId', new RegExp(`^${guid}$`, 'i')],
] as const;

export const rule = defineRule({
  code: 'AGW5122',
  id: 'jwt-validation-invalid',
  severity: 'error',
  category: 'routing-rules',
  title: 'Tokens are validated on HTTPS listeners, by the IDs of a tenant and a client, for up to five audiences',
  why: 'Azure refuses token validation on plain HTTP, longer lists of audiences, and names in the place of IDs; a tenant may be common, organizations or consumers.',
  source: 'https://learn.microsoft.com/azure/application-gateway/json-web-token-overview',
  check(context) {
    checkListeners(context);
    checkConfigurations(context);
  },
});

function checkListeners({ gateway, raw, report }: RuleContext): void {
  for (const rule of gateway.requestRoutingRules.filter(({ httpListener }) => httpListener?.protocol === 'Http')) {
    const reference = raw(rule.origin, 'properties', 'entraJWTValidationConfig', 'id');
    if (reference.text === undefined) continue;
    const name = parseResourceId(reference.text)?.names.at(-1) ?? reference.text;
    report(
      reference,
      `Rule '${rule.name}' validates tokens ('${name}'), but its listener '${rule.httpListener?.name}' speaks Http.`,
    );
  }
}

function checkConfigurations({ gateway, raw, report }: RuleContext): void {
  for (const configuration of raw(gateway.origin, 'properties', 'entraJWTValidationConfigs').items()) {
    const name = configuration.member('name').text ?? '';
    for (const [member, pattern] of idPatterns) {
      const id = configuration.at('properties', member);
      if (id.text === undefined || pattern.test(id.text)) continue;
      report(id, `'${member}' of token validation '${name}' is '${id.text}', which is no ID.`);
    }
    const audiences = configuration.at('properties', 'audiences');
    const count = audiences.items().length;
    if (count > 5) report(audiences, `Token validation '${name}' has ${count} audiences; 5 is the most.`);
  }
}
