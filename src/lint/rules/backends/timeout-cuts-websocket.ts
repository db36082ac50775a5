import type { RequestRoutingRule } from '../../../gateway/model.ts';
import type { TargetOwner } from '../../facts/route-targets.ts';
import { targetsOfRule } from '../../facts/route-targets.ts';
import { defineRule } from '../../rule.ts';

/** Paths and names under which WebSocket is usually found. */
const webSocket = /(^|[/_.-])(ws|wss|websockets?|socket\.io|sockjs|signalr|hubs?|chat|live|stream(ing)?)([/_.*-]|$)/i;

const shortest = 60;

export const rule = defineRule({
  code: 'AGW2045',
  id: 'timeout-cuts-websocket',
  severity: 'info',
  category: 'backends',
  title: 'The request timeout leaves WebSockets room to be quiet',
  why: "'requestTimeout' goes on for a WebSocket: when the backend sends nothing for that long, the connection is cut (close code 1006).",
  source: 'https://learn.microsoft.com/azure/application-gateway/application-gateway-websocket',
  check({ gateway, raw, report }) {
    const reported = new Set<unknown>();
    for (const rule of gateway.requestRoutingRules) {
      for (const owner of targetsOfRule(rule)) {
        const settings = owner.target.kind === 'backend' ? owner.target.backendHttpSettings : null;
        if (settings === null || reported.has(settings) || settings.requestTimeoutSeconds >= shortest) continue;
        const reason = webSocketSign(owner, rule);
        if (reason === undefined) continue;
        reported.add(settings);
        const place = raw(settings.origin, 'properties', 'requestTimeout');
        report(
          place,
          `Backend settings '${settings.name}' serve WebSockets, by ${reason}, and cut those that are quiet for ${settings.requestTimeoutSeconds} s; raise 'requestTimeout' or let the backend ping more often.`,
        );
      }
    }
  },
});

/** What speaks for WebSocket. */
function webSocketSign(owner: TargetOwner, rule: RequestRoutingRule): string | undefined {
  if (owner.kind === 'pathRule') {
    const path = owner.owner.paths.find((candidate) => webSocket.test(candidate));
    return path === undefined ? undefined : `path '${path}'`;
  }
  return owner.kind === 'rule' && webSocket.test(rule.name) ? `the name of rule '${rule.name}'` : undefined;
}
