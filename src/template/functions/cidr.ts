import type { Value } from '../value.ts';
import { integerValue, objectValue, stringValue } from '../value.ts';
import { defineFunction, type TemplateFunction } from './define-function.ts';
import { functionFault } from './function-fault.ts';
import {
  type IpAddress,
  type IpNetwork,
  lastAddress,
  netmask,
  offset,
  parseNetwork,
  renderAddress,
} from './ip-address.ts';

const parseCidr = defineFunction({
  name: 'parseCidr',
  family: 'cidr',
  description: 'Takes a network such as 10.0.0.0/16 apart into its first and last addresses and its mask.',
  parameters: [{ name: 'network', type: 'string' }],
  call: ([text]) => {
    const network = requireNetwork('parseCidr', text);
    const address = (value: IpAddress): Value => stringValue(renderAddress(value));
    return objectValue([
      ['network', address(network.network)],
      ['netmask', address(netmask(network))],
      ...(network.network.bits === 32 ? [['broadcast', address(lastAddress(network))] as const] : []),
      ['firstUsable', address(firstUsable(network))],
      ['lastUsable', address(lastUsable(network))],
      ['cidr', integerValue(network.prefixLength)],
    ]);
  },
});

/** IPv6 has no network address set apart, and IPv4 networks of one or two addresses cannot spare theirs. */
function reservesEnds({ network, prefixLength }: IpNetwork): boolean {
  return network.bits === 32 && prefixLength <= 30;
}

function firstUsable(network: IpNetwork): IpAddress {
  return reservesEnds(network) ? offset(network.network, 1n) : network.network;
}

function lastUsable(network: IpNetwork): IpAddress {
  return reservesEnds(network) ? offset(lastAddress(network), -1n) : lastAddress(network);
}

const cidrSubnet = defineFunction({
  name: 'cidrSubnet',
  family: 'cidr',
  description: 'Cuts a network into networks of a given prefix length and takes one of them.',
  parameters: [
    { name: 'network', type: 'string' },
    { name: 'newCIDR', type: 'int' },
    { name: 'subnetIndex', type: 'int' },
  ],
  call: ([text, newLength, index]) => {
    const { network, prefixLength } = requireNetwork('cidrSubnet', text);
    if (newLength < BigInt(prefixLength) || newLength > BigInt(network.bits)) {
      throw functionFault(
        'cidrSubnet',
        `The new CIDR must be between ${prefixLength} and ${network.bits}. The new CIDR parameter: '${newLength}'.`,
      );
    }
    const count = 1n << (newLength - BigInt(prefixLength));
    if (index < 0n || index >= count) {
      throw functionFault(
        'cidrSubnet',
        `The subnet index must be between 0 and ${count - 1n}. The subnet index parameter: '${index}'.`,
      );
    }
    const size = 1n << (BigInt(network.bits) - newLength);
    return `${renderAddress(offset(network, index * size))}/${newLength}`;
  },
});

const cidrHost = defineFunction({
  name: 'cidrHost',
  family: 'cidr',
  description: 'Takes an address of a network, counted from 0 behind the network address.',
  parameters: [
    { name: 'network', type: 'string' },
    { name: 'hostIndex', type: 'int' },
  ],
  call: ([text, index]) => {
    const network = requireNetwork('cidrHost', text);
    const host = offset(network.network, index + 1n);
    const last = lastUsable(network).value;
    if (index >= 0n && host.value <= last) return renderAddress(host);
    throw functionFault(
      'cidrHost',
      `The network '${text}' has no host with that index. The host index parameter: '${index}'.`,
    );
  },
});

function requireNetwork(functionName: string, text: string): IpNetwork {
  const network = parseNetwork(text);
  if (network !== undefined) return network;
  throw functionFault(
    functionName,
    `The argument is not a valid network in CIDR notation. The provided value is '${text}'.`,
  );
}

export const cidrFunctions: readonly TemplateFunction[] = [cidrHost, cidrSubnet, parseCidr];
