import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW2013',
  id: 'redirect-path-unsaid',
  severity: 'info',
  category: 'redirects',
  title: 'A redirect to a URL says whether it keeps the path',
  why: "No default of 'includePath' is documented. One user has seen that redirects to a URL keep the path where it is not written.",
  source: 'https://github.com/hashicorp/terraform-provider-azurerm/issues/6175',
  check({ gateway, raw, report }) {
    for (const redirect of gateway.redirectConfigurations) {
      if (redirect.target?.kind !== 'url' || raw(redirect.origin, 'properties', 'includePath').isGiven) continue;
      report(
        redirect.origin,
        `Redirect '${redirect.name}' to '${redirect.target.url}' does not say 'includePath'; set true to keep the path of requests, or false.`,
      );
    }
  },
});
