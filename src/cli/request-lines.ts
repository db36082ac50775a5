import type { Clock } from '../base/clock.ts';
import type { RequestRecord } from '../observability/request-record.ts';
import type { Painter } from '../reporters/reporter.ts';

/** As many as one can read; a load test must not become a test of the terminal. */
const maximumLines = 20;
const pauseMilliseconds = 200;

/** Tells requests a line each, and only their number where there are too many to read. */
export class RequestLines {
  readonly #write: (text: string) => void;
  readonly #painter: Painter;
  readonly #clock: Clock;
  #lines: string[] = [];
  #leftOut = 0;
  #timer: { dispose(): void } | null = null;

  constructor(write: (text: string) => void, painter: Painter, clock: Clock) {
    this.#write = write;
    this.#painter = painter;
    this.#clock = clock;
  }

  add(record: RequestRecord): void {
    if (this.#lines.length >= maximumLines) {
      this.#leftOut++;
    } else {
      this.#lines.push(renderRequestLine(record, this.#painter));
    }
    this.#timer ??= this.#clock.after(pauseMilliseconds, () => this.flush());
  }

  /** Writes what waits. */
  flush(): void {
    this.#timer?.dispose();
    this.#timer = null;
    if (this.#lines.length === 0) return;
    const more = this.#leftOut === 0 ? [] : [this.#painter.faint(`  … and ${this.#leftOut} more requests`)];
    this.#write([...this.#lines, ...more].join('\n'));
    this.#lines = [];
    this.#leftOut = 0;
  }
}

/** `12:04:11  200  GET shop.contoso.com/images/cat.png  https → shop → images 10.0.2.4:80  3 ms` */
export function renderRequestLine(record: RequestRecord, painter: Painter): string {
  const { request, route, status, totalMilliseconds, startedAt } = record;
  // By the clock of who looks; logs are in UTC.
  const time = new Date(startedAt).toTimeString().slice(0, 8);
  const what = `${request.method || '?'} ${route?.host ?? ''}${printable(request.url)}`;
  return [
    painter.faint(time),
    paintStatus(status, painter),
    what,
    painter.faint(wayOf(record)),
    painter.faint(`${Math.round(totalMilliseconds)} ms`),
  ].join('  ');
}

function paintStatus(status: number, painter: Painter): string {
  if (status >= 500) return painter.error(String(status));
  if (status >= 400) return painter.warning(String(status));
  return status === 0 ? painter.warning('---') : painter.info(String(status));
}

function wayOf({ route, attempts, why }: RequestRecord): string {
  const server = attempts.at(-1)?.server;
  const outcome = route?.outcome;
  const end =
    server !== undefined
      ? `${server.pool.name} ${server.address.address}:${server.address.port}`
      : outcome?.kind === 'redirect'
        ? printable(outcome.location)
        : why;
  const rule = route?.pathRule ?? route?.advancedRoutingRule ?? route?.rule;
  return [route?.listener?.name, rule?.name, end].filter((part) => part !== undefined && part !== null).join(' → ');
}

/** What came from a client must not move the cursor. */
function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, (character) => encodeURIComponent(character));
}
