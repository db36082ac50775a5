const c1 = 0x239b961b;
const c2 = 0xab0e9789;

/**
 * The hash with which Azure Resource Manager makes unique strings and tells templates apart: two 32-bit lanes in the
 * manner of MurmurHash3, over UTF-8. All arithmetic is modulo 2^32, as `Math.imul` and `| 0` do it.
 */
export function hash64(text: string): bigint {
  const bytes = new TextEncoder().encode(text);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const blocksEnd = bytes.length - (bytes.length % 8);
  let h1 = 0;
  let h2 = 0;
  for (let at = 0; at < blocksEnd; at += 8) {
    h1 ^= scramble1(view.getUint32(at, true));
    h1 = (Math.imul((rotateLeft(h1, 19) + h2) | 0, 5) + 1444728091) | 0;
    h2 ^= scramble2(view.getUint32(at + 4, true));
    h2 = (Math.imul((rotateLeft(h2, 13) + h1) | 0, 5) + 197830471) | 0;
  }
  const tail = bytes.subarray(blocksEnd);
  if (tail.length > 0) h1 ^= scramble1(littleEndian(tail.subarray(0, 4)));
  if (tail.length > 4) h2 ^= scramble2(littleEndian(tail.subarray(4)));
  return finish(h1 ^ bytes.length, h2 ^ bytes.length);
}

function finish(lane1: number, lane2: number): bigint {
  let h1 = (lane1 + lane2) | 0;
  let h2 = (lane2 + h1) | 0;
  h1 = avalanche(h1);
  h2 = avalanche(h2);
  h1 = (h1 + h2) | 0;
  h2 = (h2 + h1) | 0;
  return (BigInt(h2 >>> 0) << 32n) | BigInt(h1 >>> 0);
}

function scramble1(block: number): number {
  return Math.imul(rotateLeft(Math.imul(block, c1), 15), c2);
}

function scramble2(block: number): number {
  return Math.imul(rotateLeft(Math.imul(block, c2), 17), c1);
}

function rotateLeft(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}

function avalanche(hash: number): number {
  let h = hash;
  h = Math.imul(h ^ (h >>> 16), 2246822507);
  h = Math.imul(h ^ (h >>> 13), 3266489909);
  return h ^ (h >>> 16);
}

function littleEndian(bytes: Uint8Array): number {
  return bytes.reduceRight((value, byte) => (value << 8) | byte, 0);
}
