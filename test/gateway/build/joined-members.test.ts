import { expect, test } from 'vitest';
import { deploy, resourceId } from '../../resources/deployed-resource.ts';
import { build, ref } from './gateway-json.ts';

const subnet = { id: resourceId('Microsoft.Network/virtualNetworks/subnets', 'vnet', 'backend') };
const vnet = deploy({
  type: 'Microsoft.Network/virtualNetworks',
  name: 'vnet',
  properties: { subnets: [{ name: 'backend', properties: { addressPrefix: '10.0.1.0/24' } }] },
});
const pool = ref('backendAddressPools', 'web');
const pools = { backendAddressPools: [{ name: 'web', properties: { backendAddresses: [{ fqdn: 'a.contoso.com' }] } }] };

/** The `properties` of an IP configuration that joins the pool. */
const joining = (properties: object) => ({ applicationGatewayBackendAddressPools: [pool], ...properties });

const networkInterface = (name: string, properties: object) =>
  deploy({
    type: 'Microsoft.Network/networkInterfaces',
    name,
    properties: { ipConfigurations: [{ name: 'ip', properties }] },
  });

function membersWith(...others: Parameters<typeof build>[1] & object) {
  const { gateway, diagnostics } = build(pools, others);
  const members = gateway.backendAddressPools[0]?.members.slice(1) ?? [];
  return { members: members.map(({ address, kind, joinedBy }) => ({ address, kind, joinedBy })), diagnostics };
}

test('a network interface joins with its static address', () => {
  const { members } = membersWith(networkInterface('nic', joining({ privateIPAddress: '10.0.1.9' })));
  expect(members).toEqual([{ address: '10.0.1.9', kind: 'ipAddress', joinedBy: 'networkInterface' }]);
});

test('network interfaces with dynamic allocation get the next addresses of their subnet', () => {
  const { members, diagnostics } = membersWith(
    vnet,
    networkInterface('nic1', joining({ subnet })),
    networkInterface('nic2', joining({ privateIPAddress: '10.0.1.5' })),
    networkInterface('nic3', joining({ subnet })),
  );
  expect(members.map(({ address }) => address)).toEqual(['10.0.1.4', '10.0.1.5', '10.0.1.6']);
  expect(diagnostics).toEqual([]);
});

test('without a known subnet they go by their name, which is said', () => {
  const { members, diagnostics } = membersWith(networkInterface('nic', joining({ subnet })));
  expect(members).toEqual([{ address: 'nic', kind: 'fqdn', joinedBy: 'networkInterface' }]);
  expect(diagnostics).toMatchObject([
    {
      code: 'AGW4011',
      severity: 'info',
      message:
        "The address of 'nic', a member of backend pool 'web', is not known from the template; the name stands for the address.",
    },
  ]);
});

test('a scale set joins with as many members as it has instances', () => {
  const scaleSet = deploy({
    type: 'Microsoft.Compute/virtualMachineScaleSets',
    name: 'vmss',
    sku: { capacity: 2 },
    properties: {
      virtualMachineProfile: {
        networkProfile: {
          networkInterfaceConfigurations: [
            { properties: { ipConfigurations: [{ name: 'ip', properties: joining({ subnet }) }] } },
          ],
        },
      },
    },
  });
  expect(membersWith(vnet, scaleSet).members).toEqual([
    { address: '10.0.1.4', kind: 'ipAddress', joinedBy: 'virtualMachineScaleSet' },
    { address: '10.0.1.5', kind: 'ipAddress', joinedBy: 'virtualMachineScaleSet' },
  ]);
});

test('pools of other gateways are not joined', () => {
  const other = { id: pool.id.replace('/gw/', '/other/') };
  const { members } = membersWith(
    networkInterface('nic', { privateIPAddress: '10.0.1.9', applicationGatewayBackendAddressPools: [other] }),
  );
  expect(members).toEqual([]);
});
