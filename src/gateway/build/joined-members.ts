import { CaseInsensitiveMap, sameName } from '../../base/case-insensitive-map.ts';
import { parseResourceId } from '../../base/resource-id.ts';
import { PrivateAddresses } from '../../resources/private-addresses.ts';
import { PropertyReader } from '../../resources/property-reader.ts';
import type { BackendAddress } from '../model.ts';
import { addressKind } from './backend-address-pools.ts';
import type { BuildContext } from './build-context.ts';
import { buildKinds } from './diagnostics.ts';
import { originOf } from './entries.ts';

/** An IP configuration of a network interface, as far as pools are concerned. */
interface IPConfiguration {
  /** Its `properties`. */
  readonly properties: PropertyReader;
  readonly joinedBy: BackendAddress['joinedBy'];
  /** What a member without a known address is called; one for each instance. */
  readonly names: readonly string[];
}

// The most targets that a pool may have.
// https://learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits#application-gateway-limits
const mostMembers = 1200;

/**
 * Members that join pools from outside: network interfaces and scale sets of the same template whose IP configurations
 * name a pool of this gateway. By the pool's name.
 */
export function findJoinedMembers(context: BuildContext): CaseInsensitiveMap<readonly BackendAddress[]> {
  const members = new CaseInsensitiveMap<BackendAddress[]>();
  const addresses = new PrivateAddresses(context.graph);
  for (const configuration of [...networkInterfaceConfigurations(context), ...scaleSetConfigurations(context)]) {
    for (const reference of configuration.properties.objects('applicationGatewayBackendAddressPools')) {
      const pool = poolNamedBy(context, reference.text('id') ?? '');
      if (pool === undefined) continue;
      const joined = members.get(pool) ?? [];
      joined.push(...membersOf(context, configuration, reference, addresses, pool));
      members.set(pool, joined);
    }
  }
  return members;
}

function networkInterfaceConfigurations({ graph }: BuildContext): IPConfiguration[] {
  return graph.ofType('Microsoft.Network/networkInterfaces').flatMap(({ body, name }) =>
    new PropertyReader(body, '')
      .object('properties')
      .objects('ipConfigurations')
      .map((configuration) => ({
        properties: configuration.object('properties'),
        joinedBy: 'networkInterface' as const,
        names: [name],
      })),
  );
}

function scaleSetConfigurations({ graph }: BuildContext): IPConfiguration[] {
  return graph.ofType('Microsoft.Compute/virtualMachineScaleSets').flatMap(({ body, name }) => {
    const reader = new PropertyReader(body, '');
    const capacity = Math.min(reader.object('sku').integer('capacity') ?? 1, mostMembers);
    const names = Array.from({ length: Math.max(capacity, 0) }, (_, index) => `${name}_${index}`);
    return reader
      .object('properties')
      .object('virtualMachineProfile')
      .object('networkProfile')
      .objects('networkInterfaceConfigurations')
      .flatMap((networkInterface) => networkInterface.object('properties').objects('ipConfigurations'))
      .map((configuration) => ({
        properties: configuration.object('properties'),
        joinedBy: 'virtualMachineScaleSet' as const,
        names,
      }));
  });
}

/** The name of the pool, when the ID is one of this gateway's pools. */
function poolNamedBy(context: BuildContext, id: string): string | undefined {
  const parsed = parseResourceId(id);
  const [type = '', collection = ''] = parsed?.types ?? [];
  const [gateway = '', pool] = parsed?.names ?? [];
  const isPool = sameName(type, 'applicationGateways') && sameName(collection, 'backendAddressPools');
  return isPool && sameName(gateway, context.gatewayName) ? pool : undefined;
}

function membersOf(
  context: BuildContext,
  configuration: IPConfiguration,
  reference: PropertyReader,
  addresses: PrivateAddresses,
  pool: string,
): BackendAddress[] {
  const fixed = configuration.properties.text('privateIPAddress');
  const subnetId = configuration.properties.object('subnet').text('id');
  const known = configuration.names.map((name) => ({
    name,
    address: fixed ?? (subnetId === null ? undefined : addresses.next(subnetId)),
  }));
  const unknown = known.filter(({ address }) => address === undefined).map(({ name }) => name);
  if (unknown.length > 0) reportUnknownMembers(context, reference, unknown, pool);
  return known.map(({ name, address = name }) => {
    return { address, kind: addressKind(address), joinedBy: configuration.joinedBy, origin: originOf(reference) };
  });
}

function reportUnknownMembers(
  context: BuildContext,
  reference: PropertyReader,
  names: readonly string[],
  pool: string,
): void {
  const [first, last] = [names[0], names.at(-1)];
  const subject =
    names.length === 1
      ? `The address of '${first}', a member of backend pool '${pool}', is`
      : `The addresses of '${first}' to '${last}', members of backend pool '${pool}', are`;
  context.report(buildKinds.unknownPoolMember, {
    message: `${subject} not known from the template; the name stands for the address.`,
    span: reference.spanOf('id'),
    path: reference.pathOf('id'),
  });
}
