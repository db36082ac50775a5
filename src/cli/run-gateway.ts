import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import type { Diagnostic } from '../base/diagnostic.ts';
import type { AdminServer } from '../dashboard/admin-server.ts';
import { type Emulator, startEmulator } from '../emulator/emulator.ts';
import { meteredGatewayOf } from '../emulator/metered-gateway.ts';
import type { OpenedGateway } from '../emulator/open-gateway.ts';
import type { EmulatorOptions } from '../emulator/options.ts';
import { type Config, configFileName, type LoadedConfig } from '../input/config.ts';
import { EmulatorEvents } from '../observability/emulator-events.ts';
import type { RunOptions } from './commands/run.ts';
import { type ExitCode, exitCode } from './exit-code.ts';
import type { Io } from './io.ts';
import { type LoadedInput, loadDocument } from './load.ts';
import { narratorFor } from './narrator.ts';
import { openForServing } from './open-for-serving.ts';
import { Progress } from './progress.ts';
import { type RunSettings, runSettings } from './run-settings.ts';
import { untilStopped } from './until-stopped.ts';
import { watchFiles } from './watch-files.ts';
import { type OpenLogs, writeLogs } from './write-logs.ts';

type Cleanup = () => Promise<void> | void;

/** `agate run`: brings the gateway up, and stays until it is told to stop. */
export async function runGateway(template: string, options: RunOptions, io: Io): Promise<ExitCode> {
  const progress = new Progress(options.json ? undefined : io.stderr);
  const load = () => loadDocument(template, options, { standIns: options.standIns === true, placeholders: true }, io);
  try {
    progress.show(`Evaluating ${template} …`);
    const loaded = await load();
    const settings = runSettings(options, loaded.input.config, io.env);
    progress.clear();
    const opened = openForServing(loaded, settings.strict, io);
    progress.show(`Starting '${opened.gateway.name}', asking its servers …`);
    return await serve({ loaded, load, settings, opened, progress, watch: options.watch === true, io });
  } finally {
    progress.clear();
  }
}

interface Serving {
  readonly loaded: LoadedInput;
  readonly load: () => Promise<LoadedInput>;
  readonly settings: RunSettings;
  readonly opened: OpenedGateway;
  readonly progress: Progress;
  readonly watch: boolean;
  readonly io: Io;
}

async function serve({ loaded, load, settings, opened, progress, watch, io }: Serving): Promise<ExitCode> {
  const events = new EmulatorEvents();
  const narrator = narratorFor(settings, progress, events, io);
  const cleanups: Cleanup[] = [() => narrator.close()];
  let { diagnostics } = opened;
  try {
    const logs = await writeLogs(settings, events, io);
    cleanups.unshift(() => logs.close());
    const emulator = await start(settings, { ...settings.emulator, gateway: opened.gateway, events }, logs);
    cleanups.unshift(() => emulator.dispose());
    logs.watch(meteredGatewayOf(emulator));
    const admin = await startAdmin(emulator, settings, () => diagnostics);
    cleanups.unshift(() => admin?.dispose());
    const redeployWith = async () => {
      diagnostics = (await redeploy(emulator, load, { loaded, settings }, io)) ?? diagnostics;
    };
    // Whoever is told that all is ready may send a signal or change the template at once.
    if (watch) cleanups.unshift(watchFiles([...loaded.files, ...emulator.certificateFiles], redeployWith));
    const stopped = untilStopped();
    await narrator.ready(emulator, admin?.url ?? null, loaded.input.source.name);
    await stopped;
    return exitCode.fine;
  } finally {
    for (const cleanup of cleanups) await cleanup();
  }
}

/** In this process alone, or together with others, for which there is a program beside this one. */
async function start(
  { instances, accessLog, performanceLog }: RunSettings,
  options: EmulatorOptions,
  logs: OpenLogs,
): Promise<Emulator> {
  if (instances === 1) return startEmulator(options);
  const { startTogether } = await import('../instances/start-together.ts');
  const program = fileURLToPath(new URL('./instance.cjs', import.meta.url));
  const wanted = [
    ...(accessLog === undefined ? [] : (['access'] as const)),
    ...(performanceLog === undefined ? [] : (['performance'] as const)),
  ];
  const onLog: OpenLogs['append'] = (log, lines) => logs.append(log, lines);
  return startTogether(options, { others: instances - 1, program, logs: wanted, onLog });
}

/** Loaded when the gateway is up: nobody waits for the dashboard. */
async function startAdmin(
  emulator: Emulator,
  settings: RunSettings,
  findings: () => readonly Diagnostic[],
): Promise<AdminServer | undefined> {
  if (settings.admin === null) return undefined;
  const { startAdminFor } = await import('./start-admin.ts');
  return startAdminFor(emulator, settings.admin, findings);
}

interface Started {
  readonly loaded: LoadedInput;
  readonly settings: RunSettings;
}

/** Gives what was found in the new template; undefined when it cannot be served, and the gateway goes on as it was. */
async function redeploy(
  emulator: Emulator,
  load: () => Promise<LoadedInput>,
  { loaded: first, settings }: Started,
  io: Io,
): Promise<readonly Diagnostic[] | undefined> {
  try {
    const loaded = await load();
    const { gateway, diagnostics } = openForServing(loaded, settings.strict, io);
    await emulator.deploy(gateway);
    tellOfLaterSettings(emulator, first.input.config, loaded.input.config);
    return diagnostics;
  } catch (fault) {
    const reason = fault instanceof Error ? fault.message : String(fault);
    const message = `${reason} The gateway goes on as it was.`;
    emulator.events.emit('notice', { severity: 'error', message, cause: fault });
    return undefined;
  }
}

/** Whoever changes where a member really is would wonder that nothing comes of it. */
function tellOfLaterSettings(emulator: Emulator, first: LoadedConfig, now: LoadedConfig): void {
  const changed = settingsOfStart.filter((name) => !isDeepStrictEqual(first.values[name], now.values[name]));
  if (changed.length === 0) return;
  const names = changed.map((name) => `'${name}'`).join(', ');
  const message = `What ${configFileName} says under ${names} has changed, and counts from the next start on.`;
  emulator.events.emit('notice', { severity: 'warning', message });
}

/** What of a configuration is about the emulator, and not about the template. */
const settingsOfStart: readonly (keyof Config)[] = [
  'portOffset',
  'listen',
  'bind',
  'backends',
  'unmapped',
  'verifyBackends',
  'hosts',
  'certificates',
  'ca',
  'ocspResponders',
  'admin',
  'accessLog',
  'performanceLog',
  'instances',
  'strict',
  'behaviour',
  'errorPages',
];
