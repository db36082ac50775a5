export interface Ipv4Range {
  readonly first: number;
  readonly last: number;
  readonly prefixLength: number;
}

/** An IPv4 address as a number; undefined for anything else. */
export function parseIpv4(address: string): number | undefined {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(address)?.slice(1).map(Number);
  if (parts === undefined || parts.some((part) => part > 255)) return undefined;
  return parts.reduce((number, part) => number * 256 + part, 0);
}

/** `10.0.0.0/24`; undefined for anything else, IPv6 included. */
export function parseIpv4Range(cidr: string): Ipv4Range | undefined {
  const [address = '', length = ''] = cidr.split('/');
  const number = parseIpv4(address);
  const prefixLength = Number(length);
  if (number === undefined || !/^\d{1,2}$/.test(length) || prefixLength > 32) return undefined;
  const size = 2 ** (32 - prefixLength);
  const first = Math.floor(number / size) * size;
  return { first, last: first + size - 1, prefixLength };
}

/** Azure keeps the first four addresses and the last one of every subnet. */
export function isReserved(address: number, subnet: Ipv4Range): boolean {
  return address < subnet.first + 4 || address === subnet.last;
}

export function contains(range: Ipv4Range, address: number): boolean {
  return address >= range.first && address <= range.last;
}
