import { sameId } from '../../../base/resource-id.ts';
import { gatewaySubnetReferences } from '../../facts/gateway-subnet.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5019',
  id: 'frontend-in-other-subnet',
  severity: 'error',
  category: 'frontends',
  title: 'The private address of a gateway lies in its own subnet',
  why: 'Azure refuses a private frontend in a subnet other than that of the instances.',
  source: 'https://learn.microsoft.com/azure/application-gateway/configuration-frontend-ip',
  check(context) {
    const { gateway, raw, report } = context;
    const [own] = gatewaySubnetReferences(context);
    if (own?.text === undefined) return;
    for (const frontend of gateway.frontendIPConfigurations) {
      if (frontend.subnetId === null || sameId(frontend.subnetId, own.text)) continue;
      const place = raw(frontend.origin, 'properties', 'subnet', 'id');
      const message = `Frontend IP '${frontend.name}' is in subnet '${nameOf(frontend.subnetId)}', but gateway '${gateway.name}' stands in '${nameOf(own.text)}'.`;
      report(place, message, { related: [{ message: "The gateway's subnet is given here.", place: own }] });
    }
  },
});

function nameOf(subnetId: string): string {
  return subnetId.split('/').at(-1) ?? subnetId;
}
