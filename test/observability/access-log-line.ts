import { writeAccessLogLine } from '../../src/observability/access-log.ts';
import { LineBuffer } from '../../src/observability/line-buffer.ts';
import type { RequestRecord } from '../../src/observability/request-record.ts';

/** The line of the access log for one request. */
export function accessLogLine(record: RequestRecord): string {
  // So little room that most lines outgrow it.
  const line = new LineBuffer(Buffer.alloc(64));
  writeAccessLogLine(line, record);
  return String(line.take(Buffer.alloc(0)));
}
