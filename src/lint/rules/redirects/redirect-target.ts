import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5080',
  id: 'redirect-target',
  severity: 'error',
  category: 'redirects',
  title: 'A redirect leads to a listener or to a URL',
  why: "Exactly one of 'targetListener' and 'targetUrl' says where clients are sent.",
  source: 'https://learn.microsoft.com/azure/application-gateway/redirect-overview',
  check({ gateway, raw, report }) {
    for (const redirect of gateway.redirectConfigurations) {
      const properties = raw(redirect.origin, 'properties');
      const listener = properties.member('targetListener');
      const url = properties.member('targetUrl');
      const hasUrl = url.isGiven && url.text !== '';
      if (!listener.isGiven && !hasUrl) {
        report(redirect.origin, `Redirect '${redirect.name}' has neither 'targetListener' nor 'targetUrl'.`);
      } else if (listener.isGiven && hasUrl) {
        report(url, `Redirect '${redirect.name}' has 'targetListener' and 'targetUrl'; keep one of them.`);
      } else if (hasUrl && url.text !== undefined && !/^https?:\/\/[^/]/i.test(url.text)) {
        report(
          url,
          `'targetUrl' of redirect '${redirect.name}' is '${url.text}'; it should begin with 'http://' or 'https://'.`,
        );
      }
    }
  },
});
