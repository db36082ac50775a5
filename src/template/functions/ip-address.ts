/** An IPv4 or IPv6 address as a number. */
export interface IpAddress {
  readonly value: bigint;
  readonly bits: 32 | 128;
}

export interface IpNetwork {
  /** The first address: what was written with its host bits cleared. */
  readonly network: IpAddress;
  readonly prefixLength: number;
}

/** Reads `10.0.0.0/16` or `fd00::/64`; undefined for anything else. */
export function parseNetwork(text: string): IpNetwork | undefined {
  const [, addressText = '', lengthText = ''] = /^([^/]{1,45})\/(\d{1,3})$/.exec(text) ?? [];
  const address = parseAddress(addressText);
  const prefixLength = Number(lengthText);
  if (address === undefined || lengthText === '' || prefixLength > address.bits) return undefined;
  return { network: { ...address, value: address.value & maskOf(address.bits, prefixLength) }, prefixLength };
}

function parseAddress(text: string): IpAddress | undefined {
  const value = text.includes(':') ? parseIpv6(text) : parseIpv4(text);
  return value === undefined ? undefined : { value, bits: text.includes(':') ? 128 : 32 };
}

function parseIpv4(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255)) {
    return undefined;
  }
  return parts.reduce((value, part) => (value << 8n) | BigInt(part), 0n);
}

function parseIpv6(text: string): bigint | undefined {
  const halves = withHexadecimalTail(text)?.split('::');
  if (halves === undefined || halves.length > 2) return undefined;
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const groups = [...head, ...Array.from({ length: missing }, () => '0'), ...tail];
  if (!groups.every((group) => /^[\da-fA-F]{1,4}$/.test(group))) return undefined;
  return groups.reduce((value, group) => (value << 16n) | BigInt(`0x${group}`), 0n);
}

/** `::ffff:10.0.0.1` → `::ffff:a00:1`. */
function withHexadecimalTail(text: string): string | undefined {
  if (!text.includes('.')) return text;
  const start = text.lastIndexOf(':') + 1;
  const value = parseIpv4(text.slice(start));
  if (value === undefined) return undefined;
  return `${text.slice(0, start)}${(value >> 16n).toString(16)}:${(value & 0xffffn).toString(16)}`;
}

/** The last address of a network. */
export function lastAddress({ network, prefixLength }: IpNetwork): IpAddress {
  return offset(network, (1n << BigInt(network.bits - prefixLength)) - 1n);
}

export function offset(address: IpAddress, distance: bigint): IpAddress {
  return { ...address, value: address.value + distance };
}

export function netmask({ network, prefixLength }: IpNetwork): IpAddress {
  return { bits: network.bits, value: maskOf(network.bits, prefixLength) };
}

function maskOf(bits: number, prefixLength: number): bigint {
  const all = (1n << BigInt(bits)) - 1n;
  return all ^ ((1n << BigInt(bits - prefixLength)) - 1n);
}

/** `10.0.0.1`, or an IPv6 address in the form of RFC 5952. */
export function renderAddress({ value, bits }: IpAddress): string {
  if (bits === 32) return partsOf(value, 4, 8n).join('.');
  const groups = partsOf(value, 8, 16n).map((group) => group.toString(16));
  return shortenZeros(groups);
}

function partsOf(value: bigint, count: number, width: bigint): readonly bigint[] {
  return Array.from({ length: count }, (_, index) =>
    BigInt.asUintN(Number(width), value >> (width * BigInt(count - 1 - index))),
  );
}

/** Writes the longest run of two or more zero groups, the first of equals, as `::`. */
function shortenZeros(groups: readonly string[]): string {
  const text = groups.join(':');
  const runs = Array.from(text.matchAll(/(?<![^:])0(?::0)+(?![^:])/g), ({ 0: run, index }) => ({ run, index }));
  const longest = runs.toSorted((a, b) => b.run.length - a.run.length)[0];
  if (longest === undefined) return text;
  const before = text.slice(0, longest.index).replace(/:$/, '');
  const after = text.slice(longest.index + longest.run.length).replace(/^:/, '');
  return `${before}::${after}`;
}
