import { homedir } from 'node:os';
import type { Diagnostic } from '../base/diagnostic.ts';
import { EmulatorError } from '../base/errors.ts';
import { dataFolder } from '../certificates/data-folder.ts';
import type { BackendHealth } from '../emulator/backend-health.ts';
import type { BackendDescription, ListenerDescription } from '../emulator/descriptions.ts';
import { type Emulator, startEmulator as startGateway } from '../emulator/emulator.ts';
import { openGateway } from '../emulator/open-gateway.ts';
import type { EmulatorOptions, Unmapped } from '../emulator/options.ts';
import type { Gateway } from '../gateway/model.ts';
import { describeRequest, type RequestDescription } from '../observability/describe-request.ts';
import type { EmulatorEvents } from '../observability/emulator-events.ts';
import { openTemplate, requireTemplate, type TemplateOptions } from './template-options.ts';

const ways: ReadonlySet<Unmapped> = new Set(['mock', 'live', 'down']);

export interface StartOptions extends TemplateOptions, Omit<EmulatorOptions, 'gateway'> {
  /** Refuse templates with error findings, or with features that are not emulated. */
  readonly strict?: boolean;
}

/** A gateway that runs on this machine. */
export interface RunningGateway extends AsyncDisposable {
  readonly listeners: readonly ListenerDescription[];
  readonly backends: readonly BackendDescription[];
  /** PEM of the local authority behind HTTPS listeners, for clients to trust; null while none of them needs it. */
  readonly authorityPem: string | null;
  /** What was found in the template that is being served. */
  readonly diagnostics: readonly Diagnostic[];
  /** What happens: requests, changes of health, notices. */
  readonly events: EmulatorEvents;
  /** In the shape of Azure's backend-health operation. */
  backendHealth(): BackendHealth;
  /** What was decided about the latest requests, newest first. */
  requests(limit?: number): readonly RequestDescription[];
  /** Takes a member of a pool away, or gives it back; settles when its health says so. */
  setMemberState(pool: string, member: string, state: 'up' | 'down'): Promise<boolean>;
  /**
   * Serves another template from now on, without losing requests. When it cannot be served the old one goes on.
   *
   * @throws EmulatorError `TemplateRefused`, `NotAGateway`, `FileUnreadable`
   */
  deploy(template: string | object, parameters?: TemplateOptions['parameters']): Promise<void>;
  /** Stops accepting, lets requests in flight finish, and closes everything. May be called again. */
  dispose(): Promise<void>;
}

/**
 * Starts the gateway that a template describes.
 *
 * @throws EmulatorError `TemplateRefused` with all reasons when the template cannot be served, `PortInUse` and others
 * @example
 * await using gateway = await startEmulator({ template: 'azuredeploy.json', listen: { all: 0 } });
 * await fetch(gateway.listeners[0].url);
 */
export async function startEmulator(options: StartOptions): Promise<RunningGateway> {
  requireTemplate(options);
  checkOptions(options);
  let served = await open(options);
  const certificates = { dataFolder: usersDataFolder(), ...options.certificates };
  const emulator: Emulator = await startGateway({ ...options, certificates, gateway: served.gateway });
  return {
    get listeners() {
      return emulator.listeners;
    },
    get backends() {
      return emulator.backends;
    },
    get authorityPem() {
      return emulator.authority?.certificatePem ?? null;
    },
    get diagnostics() {
      return served.diagnostics;
    },
    events: emulator.events,
    backendHealth: () => emulator.backendHealth(),
    requests: (limit) => emulator.requests(limit).map(describeRequest),
    setMemberState: (pool, member, state) => emulator.setMemberState(pool, member, state),
    async deploy(template, parameters = options.parameters) {
      const next = await open({ ...options, template, ...(parameters === undefined ? {} : { parameters }) });
      await emulator.deploy(next.gateway);
      served = next;
    },
    dispose: () => emulator.dispose(),
    [Symbol.asyncDispose]: () => emulator.dispose(),
  };
}

/** Callers in JavaScript have no types to tell them. */
function checkOptions({ unmapped = 'mock', portOffset = 0 }: StartOptions): void {
  if (!ways.has(unmapped)) {
    throw new EmulatorError('InvalidOption', `'unmapped' is '${unmapped}'; allowed: ${[...ways].join(', ')}.`);
  }
  if (!Number.isInteger(portOffset)) {
    throw new EmulatorError('InvalidOption', `'portOffset' is '${portOffset}'; it should be a whole number.`);
  }
}

function usersDataFolder(): string | null {
  return dataFolder({ env: process.env, platform: process.platform, homeFolder: homedir() });
}

async function open(
  options: StartOptions,
): Promise<{ readonly gateway: Gateway; readonly diagnostics: readonly Diagnostic[] }> {
  const opened = await openTemplate(options, { standIns: options.standIns ?? false, placeholders: true });
  return openGateway(opened.value, {
    gateway: options.gateway,
    strict: options.strict ?? false,
    found: opened.diagnostics,
  });
}
