import { type IpNetwork, parseNetwork } from '../template/functions/ip-address.ts';

/** Reads an address or a network, as `10.0.0.4`, `10.0.0.0/16` and `fd00::/64`; undefined for anything else. */
export function parseClientNetwork(text: string): IpNetwork | undefined {
  if (text.includes('/')) return parseNetwork(text);
  return parseNetwork(`${text}/${text.includes(':') ? 128 : 32}`);
}

/** Whether an address is one of a network's. */
export function isInNetwork(address: string, { network, prefixLength }: IpNetwork): boolean {
  const own = parseNetwork(`${address}/${prefixLength}`)?.network;
  return own?.bits === network.bits && own.value === network.value;
}
