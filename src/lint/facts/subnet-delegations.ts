import type { Raw } from '../raw.ts';
import type { KnownSubnet } from './neighbours.ts';

export const gatewayService = 'Microsoft.Network/applicationGateways';

/** The services that a subnet is handed over to. */
export function delegationsOf({ properties }: KnownSubnet): readonly Raw[] {
  return properties
    .member('delegations')
    .items()
    .map((delegation) => delegation.at('properties', 'serviceName'));
}
