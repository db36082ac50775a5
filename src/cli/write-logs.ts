import type { Writable } from 'node:stream';
import { systemClock } from '../base/clock.ts';
import { AccessLogWriter } from '../observability/access-log-writer.ts';
import type { EmulatorEvents } from '../observability/emulator-events.ts';
import { LogFile } from '../observability/log-file.ts';
import type { MeteredGateway } from '../observability/metrics/gateway-metrics.ts';
import { PerformanceLog } from '../observability/performance-log.ts';
import type { Io } from './io.ts';

/** Logs that are being written. */
export interface OpenLogs {
  /** Adds lines, each with its end, that another instance of the gateway has made. */
  append(log: 'access' | 'performance', lines: string): void;
  /** Begins what needs a running gateway. */
  watch(gateway: MeteredGateway): void;
  /** Writes what is left and closes the files. */
  close(): Promise<void>;
}

/** Files, or `-` for stdout; undefined for none. */
export interface LogPlaces {
  readonly accessLog: string | undefined;
  readonly performanceLog: string | undefined;
}

/**
 * Writes the logs that were asked for. SIGHUP opens their files anew, which is how log rotation tells that it has moved
 * them away.
 *
 * @throws EmulatorError `FileUnreadable` when a file cannot be written
 */
export async function writeLogs(places: LogPlaces, events: EmulatorEvents, io: Io): Promise<OpenLogs> {
  const access = await openLog(places.accessLog, io);
  const performance = await openLog(places.performanceLog, io);
  const accessWriter = access && new AccessLogWriter(events, access.stream);
  let performanceWriter: PerformanceLog | undefined;
  const onHangup = () => {
    Promise.all([
      access?.file?.reopen((stream) => accessWriter?.useSink(stream)),
      performance?.file?.reopen((stream) => performanceWriter?.useSink(stream)),
    ]).catch((cause: Error) => events.emit('notice', { severity: 'error', message: cause.message, cause }));
  };
  // Without files to open anew the signal keeps its meaning: the terminal is gone.
  const hasFiles = access?.file !== undefined || performance?.file !== undefined;
  if (hasFiles) process.on('SIGHUP', onHangup);
  return {
    append(log, lines) {
      if (log === 'access') accessWriter?.append(lines);
      else performanceWriter?.append(lines);
    },
    watch(gateway) {
      if (performance === undefined) return;
      performanceWriter = new PerformanceLog(events, gateway, systemClock, performance.file?.stream ?? io.stdout);
    },
    async close() {
      process.off('SIGHUP', onHangup);
      performanceWriter?.dispose();
      await accessWriter?.dispose();
      await Promise.all([access?.file?.close(), performance?.file?.close()]);
    },
  };
}

interface Log {
  /** undefined for stdout. */
  readonly file: LogFile | undefined;
  readonly stream: Writable;
}

async function openLog(place: string | undefined, io: Io): Promise<Log | undefined> {
  if (place === undefined) return undefined;
  if (place === '-') return { file: undefined, stream: io.stdout };
  const file = await LogFile.open(place);
  return { file, stream: file.stream };
}
