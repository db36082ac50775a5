import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW6028',
  id: 'http2-off',
  severity: 'info',
  category: 'operations',
  title: 'HTTP/2 is on, or said to be off',
  why: "Clients get HTTP/1.1 only, unless 'enableHttp2' is true; the default is false. Backends always get HTTP/1.1.",
  source: 'https://learn.microsoft.com/azure/application-gateway/features#websocket-and-http2-traffic',
  check({ gateway, raw, report }) {
    const given = raw(gateway.origin, 'properties', 'enableHttp2');
    // HTTP/2 needs TLS; and set to false it is meant.
    if (given.isGiven || !gateway.httpListeners.some(({ protocol }) => protocol === 'Https')) return;
    report(gateway.origin, `Gateway '${gateway.name}' does not say 'enableHttp2', so that its clients get HTTP/1.1.`);
  },
});
