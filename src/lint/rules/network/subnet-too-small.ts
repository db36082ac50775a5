import { gatewaySubnet } from '../../facts/gateway-subnet.ts';
import { parseIpv4Range } from '../../facts/ipv4.ts';
import { defineRule } from '../../rule.ts';

/** The addresses that Azure keeps in every subnet. */
const reserved = 5;

export const rule = defineRule({
  code: 'AGW5026',
  id: 'subnet-too-small',
  severity: 'error',
  category: 'network',
  title: 'The subnet has an address for every instance',
  why: 'Each instance takes an address, a private frontend one more, and Azure keeps five.',
  source: 'https://learn.microsoft.com/azure/application-gateway/configuration-infrastructure#size-of-the-subnet',
  check(context) {
    const { gateway, report } = context;
    const found = gatewaySubnet(context);
    const ranges = (found?.subnet.addressPrefixes ?? []).map((prefix) => parseIpv4Range(prefix));
    if (found === undefined || ranges.length === 0) return;
    const free = ranges.reduce(
      (sum, range) => (range === undefined ? NaN : sum + range.last - range.first + 1 - reserved),
      0,
    );
    const instances = gateway.sku.capacity ?? gateway.autoscale?.minCapacity ?? 0;
    const frontends = gateway.frontendIPConfigurations.filter(({ visibility }) => visibility === 'private').length;
    if (!(free < instances + frontends)) return;
    const needs = `${instances} instances${frontends === 0 ? '' : ' and a private frontend'}`;
    report(
      found.reference,
      `Subnet '${found.subnet.name}' (${found.subnet.addressPrefixes.join(', ')}) has ${free} free addresses; gateway '${gateway.name}' needs ${instances + frontends} for ${needs}.`,
    );
  },
});
