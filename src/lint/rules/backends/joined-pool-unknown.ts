import { foldId } from '../../../base/resource-id.ts';
import { quotedList } from '../../facts/names.ts';
import { rawBody } from '../../facts/neighbours.ts';
import type { Raw } from '../../raw.ts';
import type { RuleContext } from '../../rule.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5078',
  id: 'joined-pool-unknown',
  severity: 'error',
  category: 'backends',
  title: 'Network interfaces and scale sets join pools that the gateway has',
  why: 'Azure refuses a network interface whose pool does not exist, after the gateway has been deployed.',
  source: 'https://learn.microsoft.com/azure/application-gateway/configuration-overview#backend-pool',
  azureCode: 'InvalidResourceReference',
  azureMessage:
    'Resource {pool} referenced by resource {id} was not found. Please make sure that the referenced resource exists, and that both resources are in the same region.',
  check(context) {
    const { gateway, report } = context;
    const prefix = foldId(`${gateway.id}/backendAddressPools/`);
    const defined = new Set(gateway.backendAddressPools.map(({ id }) => foldId(id)));
    for (const { label, owner, configuration } of ipConfigurations(context)) {
      for (const pool of configuration.at('properties', 'applicationGatewayBackendAddressPools').items()) {
        const id = pool.member('id');
        const folded = foldId(id.text ?? '');
        if (!folded.startsWith(prefix) || defined.has(folded)) continue;
        const names = quotedList(gateway.backendAddressPools.map(({ name }) => name));
        const name = id.text?.split('/').at(-1) ?? '';
        report(
          id,
          `${label} joins backend pool '${name}', which gateway '${gateway.name}' does not define. Defined: ${names}.`,
          {
            azureValues: { pool: id.text ?? '', id: owner },
            related: [{ message: `Gateway '${gateway.name}' is here.`, place: gateway.origin }],
          },
        );
      }
    }
  },
});

function ipConfigurations({ graph }: RuleContext): readonly { label: string; owner: string; configuration: Raw }[] {
  const ofInterfaces = graph.ofType('Microsoft.Network/networkInterfaces').map((resource) => ({
    label: `Network interface '${resource.name}'`,
    owner: resource.id,
    configurations: rawBody(resource).at('properties', 'ipConfigurations').items(),
  }));
  const ofScaleSets = graph.ofType('Microsoft.Compute/virtualMachineScaleSets').map((resource) => ({
    label: `Scale set '${resource.name}'`,
    owner: resource.id,
    configurations: scaleSetConfigurations(rawBody(resource)),
  }));
  return [...ofInterfaces, ...ofScaleSets].flatMap(({ configurations, ...rest }) =>
    configurations.map((configuration) => ({ ...rest, configuration })),
  );
}

function scaleSetConfigurations(body: Raw): readonly Raw[] {
  return body
    .at('properties', 'virtualMachineProfile', 'networkProfile', 'networkInterfaceConfigurations')
    .items()
    .flatMap((networkInterface) => networkInterface.at('properties', 'ipConfigurations').items());
}
