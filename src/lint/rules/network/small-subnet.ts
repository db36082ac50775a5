import { gatewaySubnet } from '../../facts/gateway-subnet.ts';
import { parseIpv4Range } from '../../facts/ipv4.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW6022',
  id: 'small-subnet',
  severity: 'info',
  category: 'network',
  appliesTo: 'v2',
  title: "A v2 gateway's subnet is a /24",
  why: 'Each instance takes an address, updates take as many again, and a subnet in use cannot be enlarged. A /24 has room for all 125.',
  source: 'https://learn.microsoft.com/azure/application-gateway/configuration-infrastructure#size-of-the-subnet',
  sameAs: ['APRL 8364fd0a-7c0e-e240-9d95-4bf965aec243'],
  check(context) {
    const { gateway, report } = context;
    const found = gatewaySubnet(context);
    const sizes = (found?.subnet.addressPrefixes ?? []).flatMap((prefix) => parseIpv4Range(prefix)?.prefixLength ?? []);
    if (found === undefined || sizes.length === 0 || Math.min(...sizes) <= 24) return;
    report(
      found.reference,
      `Subnet '${found.subnet.name}' of gateway '${gateway.name}' is ${found.subnet.addressPrefixes.join(', ')}; Azure recommends a /24.`,
    );
  },
});
