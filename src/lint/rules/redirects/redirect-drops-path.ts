import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW2011',
  id: 'redirect-drops-path',
  severity: 'warning',
  category: 'redirects',
  title: 'A redirect to HTTPS keeps path and query',
  why: "Without 'includePath' and 'includeQueryString' every link leads to the start page of the target listener.",
  source: 'https://learn.microsoft.com/azure/application-gateway/redirect-overview',
  check({ gateway, raw, report }) {
    for (const redirect of gateway.redirectConfigurations) {
      if (redirect.target?.kind !== 'listener' || redirect.target.listener.protocol !== 'Https') continue;
      const missing = [
        ...(redirect.includePath ? [] : ['includePath']),
        ...(redirect.includeQueryString ? [] : ['includeQueryString']),
      ];
      // Set to false it is meant.
      const omitted = missing.filter((member) => !raw(redirect.origin, 'properties', member).isGiven);
      if (omitted.length === 0) continue;
      const names = omitted.map((member) => `'${member}'`).join(' and ');
      const lost = omitted.length === 2 ? 'path and query' : omitted[0] === 'includePath' ? 'the path' : 'the query';
      report(
        redirect.origin,
        `Redirect '${redirect.name}' does not say ${names}: clients lose ${lost} on their way to listener '${redirect.target.listener.name}'. Set true, or false to mean it.`,
      );
    }
  },
});
