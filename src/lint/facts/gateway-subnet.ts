import type { Raw } from '../raw.ts';
import type { RuleContext } from '../rule.ts';
import type { KnownSubnet } from './neighbours.ts';
import { findSubnet } from './neighbours.ts';

/** The references to the subnet that the gateway's instances live in; more than one is refused. */
export function gatewaySubnetReferences({ gateway, raw }: RuleContext): readonly Raw[] {
  return raw(gateway.origin, 'properties', 'gatewayIPConfigurations')
    .items()
    .map((configuration) => configuration.at('properties', 'subnet', 'id'))
    .filter((id) => id.text !== undefined);
}

/** The gateway's subnet, when the same template declares it. */
export function gatewaySubnet(context: RuleContext): { subnet: KnownSubnet; reference: Raw } | undefined {
  const [reference] = gatewaySubnetReferences(context);
  const subnet = findSubnet(context.graph, reference?.text);
  return subnet === undefined || reference === undefined ? undefined : { subnet, reference };
}
