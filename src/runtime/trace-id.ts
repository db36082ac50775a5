import { randomFillSync } from 'node:crypto';

const idBytes = 16;
const pool = Buffer.allocUnsafe(idBytes * 256);
let offset = pool.length;

/**
 * 32 random hexadecimal digits, as in `X-AppGW-Trace-Id`. Random bytes are drawn for 256 requests at once, because a
 * call into OpenSSL costs more than all other work on the header.
 */
export function nextTraceId(): string {
  if (offset === pool.length) {
    randomFillSync(pool);
    offset = 0;
  }
  const start = offset;
  offset += idBytes;
  return pool.toString('hex', start, offset);
}
