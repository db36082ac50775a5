import type { BackendAddressPool, LoadDistributionPolicy } from '../model.ts';
import type { BuildContext } from './build-context.ts';
import type { Collection } from './collections.ts';
import { type Entry, readEntries } from './entries.ts';
import { resolveReference } from './resolve-reference.ts';

export function buildLoadDistributionPolicy(
  context: BuildContext,
  entry: Entry,
  pools: Collection<BackendAddressPool>,
): LoadDistributionPolicy {
  const { common, properties } = entry;
  const targets = readEntries(context, properties, {
    key: 'loadDistributionTargets',
    label: 'load distribution target',
    ownerId: common.id,
  });
  return {
    ...common,
    algorithm:
      properties.oneOf('loadDistributionAlgorithm', ['RoundRobin', 'LeastConnections', 'IpHash']) ?? 'RoundRobin',
    targets: targets.map((target) => ({
      name: target.common.name,
      weightPerServer: target.properties.integer('weightPerServer') ?? 1,
      backendAddressPool: resolveReference(context, target, 'backendAddressPool', pools),
    })),
  };
}
