import type {
  BackendAddressPool,
  BackendHttpSettings,
  Gateway,
  LoadDistributionPolicy,
  RouteTarget,
} from '../../gateway/model.ts';
import { targetsOfRule } from '../../gateway/targets-of-rule.ts';

/** A pool, or a policy over several, with the settings that some rule uses it with. */
export interface UsedBackend {
  readonly source: BackendAddressPool | LoadDistributionPolicy;
  readonly settings: BackendHttpSettings;
}

/**
 * What the rules of a gateway send requests to, each pair once. Only these are probed; Azure leaves settings that no
 * rule uses alone.
 * https://learn.microsoft.com/azure/application-gateway/application-gateway-probe-overview
 */
export function listUsedBackends(gateway: Gateway): UsedBackend[] {
  const used: UsedBackend[] = [];
  for (const target of listTargets(gateway)) {
    if (target.kind !== 'backend' || target.backendHttpSettings === null) continue;
    const source = target.loadDistributionPolicy ?? target.backendAddressPool;
    const settings = target.backendHttpSettings;
    if (source === null || used.some((each) => each.source === source && each.settings === settings)) continue;
    used.push({ source, settings });
  }
  return used;
}

function listTargets(gateway: Gateway): RouteTarget[] {
  return gateway.requestRoutingRules.filter((rule) => rule.httpListener !== null).flatMap(targetsOfRule);
}
