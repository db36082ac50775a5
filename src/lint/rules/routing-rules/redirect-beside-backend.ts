import type { TargetOwner } from '../../facts/route-targets.ts';
import { describeOwner, targetMembers, targetsOf } from '../../facts/route-targets.ts';
import { defineRule } from '../../rule.ts';

/** Of advanced rules nobody has seen one. That of defaults: https://github.com/Azure/azure-cli/issues/16247 */
const azureMessages: Readonly<Record<TargetOwner['kind'], string>> = {
  rule: 'Request Routing Rule {id} with RedirectConfiguration cannot reference a BackendAddressPool',
  pathRule: 'Path Rule {id} cannot reference a BackendAddressPool when Redirect Setting is specified.',
  default: 'UrlPathMap {id} cannot specify DefaultBackendAddressPool when RedirectConfiguration is specified.',
  advancedDefault: '',
  advancedRule: '',
};

export const rule = defineRule({
  code: 'AGW5044',
  id: 'redirect-beside-backend',
  severity: 'error',
  category: 'routing-rules',
  title: 'A rule redirects or sends to a backend, not both',
  why: 'Azure refuses a rule, path rule or path map default that has a pool or settings beside a redirect.',
  source: 'https://learn.microsoft.com/azure/application-gateway/redirect-overview',
  azureMessage: 'Request Routing Rule {id} with RedirectConfiguration cannot reference a BackendAddressPool',
  check({ gateway, raw, report }) {
    for (const owner of targetsOf(gateway)) {
      const members = targetMembers[owner.kind];
      const properties = raw(owner.owner.origin, 'properties');
      const redirect = properties.member(members.redirect);
      if (!redirect.isGiven) continue;
      const beside = [members.pool, members.settings].filter((member) => properties.member(member).isGiven);
      const [first] = beside;
      if (first === undefined) continue;
      const names = beside.map((member) => `'${member}'`).join(' and ');
      report(
        properties.member(first),
        `${describeOwner(owner)} has ${names} beside '${members.redirect}'; keep one or the other.`,
        {
          azureMessage: azureMessages[owner.kind],
          related: [{ message: 'The redirect is here.', place: redirect }],
        },
      );
    }
  },
});
