import { createHash } from 'node:crypto';

/** The namespace in which Azure Resource Manager makes its name-based GUIDs (RFC 4122, version 5). */
const namespace = Buffer.from('11fb06fb712d4ddd98c7e71bbd588830', 'hex');

/** The GUID of `guid`: the same for the same arguments, in every subscription. */
export function nameBasedGuid(parts: readonly string[]): string {
  const hash = createHash('sha1').update(namespace).update(parts.join('-'), 'utf8').digest();
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x50, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  const digits = hash.toString('hex', 0, 16);
  return [8, 12, 16, 20, 32].map((end, index, ends) => digits.slice(ends[index - 1] ?? 0, end)).join('-');
}
