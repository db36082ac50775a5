import { expect, test } from 'vitest';
import { PrivateAddresses } from '../../src/resources/private-addresses.ts';
import { publicIPAddressFqdn } from '../../src/resources/public-ip-address.ts';
import { buildResourceGraph } from '../../src/resources/resource-graph.ts';
import { deploy, resourceId } from './deployed-resource.ts';

const vnetType = 'Microsoft.Network/virtualNetworks';
const subnetType = 'Microsoft.Network/virtualNetworks/subnets';

const network = deploy({
  type: vnetType,
  name: 'vnet',
  properties: { subnets: [{ name: 'gateway', properties: { addressPrefix: '10.0.0.0/24' } }] },
});
const subnet = deploy({
  type: subnetType,
  name: 'vnet/backend',
  properties: { addressPrefixes: ['10.0.1.0/29'] },
});
const graph = buildResourceGraph([network, subnet]);

test('finds resources by ID and by type without regard to case', () => {
  expect(graph.find(resourceId(vnetType, 'VNET').toUpperCase())).toBe(network);
  expect(graph.find(`${resourceId(vnetType, 'vnet')}/`)).toBe(network);
  expect(graph.ofType('microsoft.network/virtualnetworks')).toEqual([network]);
  expect(graph.find(resourceId(vnetType, 'other'))).toBeUndefined();
});

test('finds the resources declared below another one', () => {
  expect(graph.childrenOf(resourceId(vnetType, 'Vnet'))).toEqual([subnet]);
  expect(graph.childrenOf(subnet.id)).toEqual([]);
});

test.each([
  ['gateway', ['10.0.0.0/24']],
  ['GATEWAY', ['10.0.0.0/24']],
  ['backend', ['10.0.1.0/29']],
])('finds subnet %s, inside its network or on its own', (name, prefixes) => {
  expect(graph.findSubnet(resourceId(subnetType, 'vnet', name))?.addressPrefixes).toEqual(prefixes);
});

test('finds no subnet that is nowhere', () => {
  expect(graph.findSubnet(resourceId(subnetType, 'vnet', 'other'))).toBeUndefined();
  expect(graph.findSubnet(resourceId(subnetType, 'other', 'gateway'))).toBeUndefined();
  expect(graph.findSubnet('')).toBeUndefined();
});

// https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq#are-there-any-restrictions-on-using-ip-addresses-within-these-subnets
test('hands out addresses from the fifth on, without those that are taken, until one is left', () => {
  const taken = deploy({
    type: 'Microsoft.Network/networkInterfaces',
    name: 'nic',
    properties: { ipConfigurations: [{ properties: { privateIPAddress: '10.0.1.5' } }] },
  });
  const addresses = new PrivateAddresses(buildResourceGraph([network, subnet, taken]));
  const next = () => addresses.next(resourceId(subnetType, 'vnet', 'backend'));
  expect([next(), next(), next(), next()]).toEqual(['10.0.1.4', '10.0.1.6', undefined, undefined]);
  expect(addresses.next(resourceId(subnetType, 'vnet', 'other'))).toBeUndefined();
});

test.each([
  [{ domainNameLabel: 'Shop' }, 'West Europe', 'shop.westeurope.cloudapp.azure.com'],
  [{ domainNameLabel: 'shop', fqdn: 'shop.example.com' }, 'westeurope', 'shop.example.com'],
  [{ domainNameLabel: 'shop' }, undefined, null],
  [{}, 'westeurope', null],
])('the DNS name of %j in %s is %s', (dnsSettings, location, expected) => {
  const publicIPAddress = deploy({
    type: 'Microsoft.Network/publicIPAddresses',
    name: 'ip',
    ...(location === undefined ? {} : { location }),
    properties: { dnsSettings },
  });
  expect(publicIPAddressFqdn(publicIPAddress)).toBe(expected);
});
