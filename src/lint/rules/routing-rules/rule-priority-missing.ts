import { defineRule } from '../../rule.ts';

const requiredSince = '2021-08-01';

export const rule = defineRule({
  code: 'AGW5042',
  id: 'rule-priority-missing',
  severity: 'error',
  category: 'routing-rules',
  appliesTo: 'v2',
  title: 'Every rule of a v2 gateway has a priority',
  why: 'Azure requires one from api-version 2021-08-01 on, and in older versions either all rules have one or none.',
  source:
    'https://learn.microsoft.com/azure/application-gateway/multiple-site-overview#request-routing-rules-evaluation-order',
  azureCode: 'ApplicationGatewayRequestRoutingRulePriorityCannotBeEmpty',
  azureMessage:
    'Priority for the request routing rule {id} cannot be empty. All request routing rules should have a priority defined starting from api-version 2021-08-01',
  check({ gateway, raw, report }) {
    const without = gateway.requestRoutingRules.filter((rule) => !raw(rule.origin, 'properties', 'priority').isGiven);
    const isRequired = gateway.apiVersion === null || gateway.apiVersion >= requiredSince;
    const some = without.length < gateway.requestRoutingRules.length;
    if (!isRequired && !some) return;
    for (const rule of without) {
      if (isRequired) {
        const since = gateway.apiVersion === null ? '' : `; api-version ${gateway.apiVersion} requires one`;
        report(rule.origin, `Rule '${rule.name}' has no 'priority' (1 to 20000)${since}.`, {
          basedOn: [raw(gateway.origin, 'apiVersion')],
        });
      } else {
        report(
          rule.origin,
          `Rule '${rule.name}' has no 'priority', but other rules have; give it to all rules or to none.`,
          {
            azureCode: 'ApplicationGatewayRequestRoutingRulePartialPriorityDefined',
            azureMessage: 'Either all or no rule should have the priority specified.',
          },
        );
      }
    }
  },
});
