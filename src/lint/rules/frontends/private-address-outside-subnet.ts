import { contains, isReserved, parseIpv4, parseIpv4Range } from '../../facts/ipv4.ts';
import { findSubnet } from '../../facts/neighbours.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5020',
  id: 'private-address-outside-subnet',
  severity: 'error',
  category: 'frontends',
  title: 'The private address is a free one of the subnet',
  why: 'Azure keeps the first four addresses and the last one of every subnet, and refuses addresses from outside of it.',
  source:
    'https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq#are-there-any-restrictions-on-using-ip-addresses-within-these-subnets',
  azureCode: 'PrivateIPAddressInReservedRange',
  azureMessage: 'Private static IP address {address} falls within reserved IP range of subnet prefix {prefix}.',
  check({ gateway, graph, raw, report }) {
    for (const frontend of gateway.frontendIPConfigurations) {
      const address = frontend.privateIPAddress === null ? undefined : parseIpv4(frontend.privateIPAddress);
      const prefixes = findSubnet(graph, frontend.subnetId)?.addressPrefixes ?? [];
      const ranges = prefixes.flatMap((prefix) => parseIpv4Range(prefix) ?? []);
      if (address === undefined || ranges.length === 0) continue;
      const place = raw(frontend.origin, 'properties', 'privateIPAddress');
      const range = ranges.find((candidate) => contains(candidate, address));
      const found = `Address ${frontend.privateIPAddress} of frontend IP '${frontend.name}'`;
      if (range === undefined) {
        report(place, `${found} lies outside of its subnet (${prefixes.join(', ')}).`, {
          azureCode: 'PrivateIPAddressNotInSubnet',
        });
      } else if (isReserved(address, range)) {
        report(
          place,
          `${found} is one that Azure keeps for itself: the first four and the last of ${prefixes.join(', ')}.`,
          { azureValues: { address: frontend.privateIPAddress ?? '', prefix: prefixes[ranges.indexOf(range)] ?? '' } },
        );
      }
    }
  },
});
