import { systemClock } from '../base/clock.ts';
import type { Emulator } from '../emulator/emulator.ts';
import type { EmulatorEvents, HealthChange, MemberChange, Notice } from '../observability/emulator-events.ts';
import { renderBanner } from './banner.ts';
import { type Io, writeLine, writeText } from './io.ts';
import { painterFor } from './painter.ts';
import type { Progress } from './progress.ts';
import { RequestLines } from './request-lines.ts';
import type { RunSettings } from './run-settings.ts';
import { packageVersion } from './version.ts';

/** Tells on the terminal, or to a program, what happens to a running gateway. */
export interface Narrator {
  /** Call once everything is up. */
  ready(emulator: Emulator, admin: string | null, file: string): Promise<void>;
  /** Tells what still waits to be told. */
  close(): void;
}

/** What is told goes to stdout, unless that carries a log. */
export function narratorFor(
  { json, accessLog, performanceLog }: Pick<RunSettings, 'json' | 'accessLog' | 'performanceLog'>,
  progress: Progress,
  events: EmulatorEvents,
  io: Io,
): Narrator {
  const to = accessLog === '-' || performanceLog === '-' ? io.stderr : io.stdout;
  return json ? new JsonNarrator(events, to) : new TextNarrator(events, io, to, progress);
}

class JsonNarrator implements Narrator {
  readonly #events: EmulatorEvents;
  readonly #to: Io['stdout'];
  /** What was said of the start. Whoever reads it waits for `ready` as the first line. */
  readonly #early: Notice[] = [];
  readonly #listening: Disposable;

  constructor(events: EmulatorEvents, to: Io['stdout']) {
    this.#events = events;
    this.#to = to;
    this.#listening = events.on('notice', (notice) => this.#early.push(notice));
  }

  async ready(emulator: Emulator, admin: string | null): Promise<void> {
    const { gateway, listeners, backends } = emulator;
    await this.#write({ event: 'ready', gateway: gateway.name, admin, listeners, backends });
    this.#listening[Symbol.dispose]();
    this.#events.on('notice', (notice) => this.#notice(notice));
    for (const notice of [...this.#early.splice(0), ...notEmulatedBy(emulator)]) this.#notice(notice);
    this.#events.on('health', (change) => this.#write({ event: 'health', ...describeChange(change) }));
    this.#events.on('redeploy', () =>
      this.#write({
        event: 'redeploy',
        gateway: emulator.gateway.name,
        listeners: emulator.listeners,
        backends: emulator.backends,
      }),
    );
  }

  close(): void {
    // Every event was written at once.
  }

  #notice({ severity, message }: Notice): void {
    void this.#write({ event: 'notice', severity, message });
  }

  #write(event: unknown): Promise<void> {
    return writeLine(this.#to, JSON.stringify(event));
  }
}

class TextNarrator implements Narrator {
  readonly #events: EmulatorEvents;
  readonly #io: Io;
  readonly #to: Io['stdout'];
  readonly #progress: Progress;
  readonly #requests: RequestLines;

  constructor(events: EmulatorEvents, io: Io, to: Io['stdout'], progress: Progress) {
    this.#events = events;
    this.#io = io;
    this.#to = to;
    this.#progress = progress;
    this.#requests = new RequestLines((text) => void writeText(to, text), painterFor(to, io.env), systemClock);
    events.on('notice', (notice) => this.#tell(notice));
  }

  async ready(emulator: Emulator, admin: string | null, file: string): Promise<void> {
    const { gateway, listeners, backends } = emulator;
    for (const notice of notEmulatedBy(emulator)) this.#tell(notice);
    this.#progress.clear();
    const facts = { version: packageVersion(), gateway, file, listeners, backends, admin };
    await writeText(this.#to, renderBanner(facts, painterFor(this.#to, this.#io.env)));
    this.#events.on('request', (record) => this.#requests.add(record));
    this.#events.on('requestElsewhere', (record) => this.#requests.add(record));
    this.#events.on('health', (change) => this.#tell(noticeOf(change)));
    // Health follows when the probe has failed often enough.
    this.#events.on('member', (change) => this.#tellMember(change));
    this.#events.on('redeploy', () =>
      this.#tell({ severity: 'info', message: `Deployed '${emulator.gateway.name}' again.` }),
    );
  }

  close(): void {
    this.#requests.flush();
  }

  #tellMember({ pool, member, state }: MemberChange): void {
    if (state === null) return;
    const what = state === 'down' ? 'was taken down' : 'was brought up';
    this.#tell({ severity: 'info', message: `Member ${member} (pool '${pool}') ${what}.` });
  }

  #tell({ severity, message }: Notice): void {
    this.#progress.clear();
    // Requests came before what is told now.
    this.#requests.flush();
    const painter = painterFor(this.#io.stderr, this.#io.env);
    void writeText(this.#io.stderr, `${painter[severity](severity)}  ${message}`);
  }
}

function notEmulatedBy({ gateway }: Emulator): readonly Notice[] {
  return gateway.notEmulated.map(({ feature, consequence }) => {
    return { severity: 'warning', message: `'${feature}' is accepted but not emulated: ${consequence}` };
  });
}

function describeChange({ server, after }: HealthChange): Readonly<Record<string, unknown>> {
  return {
    pool: server.pool.name,
    member: server.address.address,
    port: server.address.port,
    settings: server.settings.name,
    health: after.health,
    message: after.log,
  };
}

function noticeOf(change: HealthChange): Notice {
  const { pool, member, port, health, message } = describeChange(change);
  const severity = health === 'Healthy' ? 'info' : 'warning';
  return {
    severity,
    message: `Backend ${String(member)}:${String(port)} (pool '${String(pool)}') is ${String(health).toLowerCase()}. ${String(message)}`,
  };
}
