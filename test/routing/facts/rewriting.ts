import type { GatewaySpec, RewriteSpec } from '../gateway-fixture.ts';

/** A gateway with one Basic rule and a rewrite set of these rules. */
export function rewriting(...rules: readonly RewriteSpec[]): GatewaySpec {
  return { rules: [{ pool: 'web', rewrites: 'set' }], rewrites: { set: rules } };
}

/** What a rewrite rule does to show that it ran. */
export const marked = { request: [['X-Matched', 'yes']] } as const;
export const ran = { toServer: { 'X-Matched': 'yes' } };
export const didNotRun = { toServer: { 'X-Matched': null } };
