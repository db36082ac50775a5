import { createHash } from 'node:crypto';
import { stringValue, type Value } from '../../value.ts';
import { madeUp } from '../assumed-addresses.ts';

/**
 * An address as Azure assigns them from a subnet. The first three after the network's own are reserved, so it starts
 * at .4; which one it will be depends on what else is in the subnet.
 *
 * https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq#are-there-any-restrictions-on-using-ip-addresses-within-these-subnets
 */
export function madeUpPrivateAddress(seed: string): Value {
  const [byte = 0] = createHash('sha256').update(seed.toUpperCase()).digest();
  return madeUp(stringValue(`10.0.0.${4 + (byte % 250)}`));
}
