import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW2063',
  id: 'request-buffering-with-waf',
  severity: 'info',
  category: 'waf',
  title: 'A firewall buffers requests',
  why: "A firewall reads a request before it passes it on; 'enableRequestBuffering': false has no effect then.",
  source: 'https://learn.microsoft.com/azure/application-gateway/proxy-buffers',
  check({ gateway, raw, report }) {
    if (!/^WAF_v2$/i.test(gateway.sku.tier)) return;
    const buffering = raw(gateway.origin, 'properties', 'globalConfiguration', 'enableRequestBuffering');
    if (buffering.boolean === false)
      report(
        buffering,
        `'enableRequestBuffering' is off, but the firewall of gateway '${gateway.name}' buffers requests all the same.`,
      );
  },
});
