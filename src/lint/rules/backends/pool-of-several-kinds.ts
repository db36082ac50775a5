import type { BackendAddress } from '../../../gateway/model.ts';
import { defineRule } from '../../rule.ts';

const kinds: Readonly<Record<BackendAddress['joinedBy'], string>> = {
  backendAddresses: "addresses in 'backendAddresses'",
  networkInterface: 'network interfaces',
  virtualMachineScaleSet: 'a scale set',
};

export const rule = defineRule({
  code: 'AGW5067',
  id: 'pool-of-several-kinds',
  severity: 'error',
  category: 'backends',
  title: 'A pool lists addresses or is joined, not both',
  why: 'A pool holds addresses, or network interfaces, or one scale set; Azure refuses a mixture.',
  source: 'https://learn.microsoft.com/azure/application-gateway/application-gateway-components#backend-pools',
  azureCode: 'ApplicationGatewayBackendAddressPoolAlreadyHasBackendAddresses',
  azureMessage:
    '{nic} cannot reference Backend Address Pool {pool} because the pool contains BackendAddresses. A pool can contain only one of these three: IPs in BackendAddresses array, IPConfigurations of standalone Network Interfaces, IPConfigurations of VM Scale Set Network Interfaces. Also, two VM Scale Sets cannot use the same Backend Address Pool.',
  check({ gateway, report }) {
    for (const pool of gateway.backendAddressPools) {
      const [first] = pool.members;
      const other = pool.members.find(({ joinedBy }) => joinedBy !== first?.joinedBy);
      if (first === undefined || other === undefined) continue;
      report(
        pool.origin,
        `Backend pool '${pool.name}' has ${kinds[first.joinedBy]} and ${kinds[other.joinedBy]}; only one kind is possible.`,
        {
          azureValues: { pool: pool.id },
          related: [{ message: `'${other.address}' joins here.`, place: other.origin }],
        },
      );
    }
  },
});
