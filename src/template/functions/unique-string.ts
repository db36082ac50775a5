import { hash64 } from './hash64.ts';

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

/**
 * The 13 characters of `uniqueString`: Azure's 64-bit hash in base 32.
 * Case matters, so a resource group's name must be spelled as it was created.
 */
export function uniqueString(parts: readonly string[]): string {
  let rest = hash64(parts.join('-'));
  let text = '';
  for (let index = 0; index < 13; index += 1) {
    text += alphabet.charAt(Number(rest >> 59n));
    rest = BigInt.asUintN(64, rest << 5n);
  }
  return text;
}
