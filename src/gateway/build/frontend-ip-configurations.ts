import { publicIPAddressFqdn } from '../../resources/public-ip-address.ts';
import type { FrontendIPConfiguration } from '../model.ts';
import type { BuildContext } from './build-context.ts';
import type { Entry } from './entries.ts';

export function buildFrontendIPConfiguration(context: BuildContext, entry: Entry): FrontendIPConfiguration {
  const publicIPAddressId = entry.properties.object('publicIPAddress').text('id');
  const publicIPAddress = publicIPAddressId === null ? undefined : context.graph.find(publicIPAddressId);
  return {
    ...entry.common,
    visibility: entry.properties.has('publicIPAddress') ? 'public' : 'private',
    publicIPAddressId,
    subnetId: entry.properties.object('subnet').text('id'),
    privateIPAddress: entry.properties.text('privateIPAddress'),
    fqdn: publicIPAddress === undefined ? null : publicIPAddressFqdn(publicIPAddress),
  };
}
