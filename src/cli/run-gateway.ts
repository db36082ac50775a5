import { EmulatorError } from '../base/errors.ts';
import { type AdminServer, startAdminServer } from '../dashboard/admin-server.ts';
import { type Emulator, startEmulator } from '../emulator/emulator.ts';
import { type OpenedGateway, openGateway, TemplateRefused } from '../emulator/open-gateway.ts';
import { AccessLogWriter, openLogFile } from '../observability/access-log-writer.ts';
import { EmulatorEvents } from '../observability/emulator-events.ts';
import { adminTargetOf } from './admin-target.ts';
import type { RunOptions } from './commands/run.ts';
import { type ExitCode, exitCode } from './exit-code.ts';
import type { Io } from './io.ts';
import { type LoadedInput, loadDocument } from './load.ts';
import { narratorFor } from './narrator.ts';
import { printDiagnostics } from './print-diagnostics.ts';
import { type RunSettings, runSettings } from './run-settings.ts';
import { untilStopped } from './until-stopped.ts';
import { watchFiles } from './watch-files.ts';

type Cleanup = () => Promise<void> | void;

/** `agate run`: brings the gateway up, and stays until it is told to stop. */
export async function runGateway(template: string, options: RunOptions, io: Io): Promise<ExitCode> {
  const load = () => loadDocument(template, options, { standIns: options.standIns === true, placeholders: true }, io);
  const loaded = await load();
  const settings = runSettings(options, loaded.input.config.values, io.env);
  const opened = open(loaded, settings, io);
  const events = new EmulatorEvents();
  const narrator = narratorFor(
    options.json ? 'json' : 'text',
    settings.accessLog === '-' ? 'stderr' : 'stdout',
    events,
    io,
  );
  const cleanups: Cleanup[] = [];
  try {
    cleanups.unshift(await writeAccessLog(settings.accessLog, events, io));
    const emulator = await startEmulator({ ...settings.emulator, gateway: opened.gateway, events });
    cleanups.unshift(() => emulator.dispose());
    const admin = await startAdmin(emulator, settings);
    cleanups.unshift(() => admin?.dispose());
    await narrator.ready(emulator, admin?.url ?? null, loaded.input.source.name);
    if (options.watch) cleanups.unshift(watchFiles(loaded.files, () => redeploy(emulator, load, settings, io)));
    await untilStopped();
    return exitCode.fine;
  } finally {
    for (const cleanup of cleanups) await cleanup();
  }
}

/** Shows what was found, and gives the gateway if it can be served. */
function open(loaded: LoadedInput, settings: RunSettings, io: Io): OpenedGateway {
  try {
    const opened = openGateway(loaded.document, {
      gateway: loaded.input.gateway,
      strict: settings.strict,
      found: loaded.diagnostics,
    });
    // Warnings are for `agate lint`; what Azure would refuse has to be known before anything works here.
    printDiagnostics(
      opened.diagnostics.filter(({ severity }) => severity === 'error'),
      loaded.sources,
      io,
    );
    return opened;
  } catch (fault) {
    if (!(fault instanceof TemplateRefused) || fault.diagnostics.length === 0) throw fault;
    printDiagnostics(fault.diagnostics, loaded.sources, io);
    // All reasons stand above; the message need not repeat the first of them.
    const hint = fault.hint === undefined ? {} : { hint: fault.hint };
    throw new EmulatorError(fault.code, `'${loaded.input.source.name}' is not served.`, { ...hint, cause: fault });
  }
}

async function startAdmin(emulator: Emulator, settings: RunSettings): Promise<AdminServer | undefined> {
  return settings.admin === null ? undefined : startAdminServer(adminTargetOf(emulator), settings.admin);
}

async function writeAccessLog(to: string | undefined, events: EmulatorEvents, io: Io): Promise<Cleanup> {
  if (to === undefined) return () => undefined;
  const file = to === '-' ? undefined : await openLogFile(to);
  const writer = new AccessLogWriter(events, file?.stream ?? io.stdout);
  return async () => {
    await writer.dispose();
    await file?.close();
  };
}

/** A template that cannot be served leaves the running gateway as it is. */
async function redeploy(
  emulator: Emulator,
  load: () => Promise<LoadedInput>,
  settings: RunSettings,
  io: Io,
): Promise<void> {
  try {
    const loaded = await load();
    await emulator.deploy(open(loaded, settings, io).gateway);
  } catch (fault) {
    const reason = fault instanceof Error ? fault.message : String(fault);
    emulator.events.emit('notice', {
      severity: 'error',
      message: `${reason} The gateway goes on as it was.`,
      cause: fault,
    });
  }
}
