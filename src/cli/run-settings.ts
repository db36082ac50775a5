import { resolve } from 'node:path';
import { EmulatorError } from '../base/errors.ts';
import { parseLocalAddress } from '../base/local-address.ts';
import type { EmulatorOptions } from '../emulator/options.ts';
import type { LoadedConfig } from '../input/config.ts';
import { readBackends, readHosts } from './backend-settings.ts';
import { certificateSettings } from './certificate-settings.ts';
import type { RunOptions } from './commands/run.ts';
import type { Io } from './io.ts';

/** What `agate run` was told, by options first and `agate.yaml` second. */
export interface RunSettings {
  readonly emulator: Omit<EmulatorOptions, 'gateway'>;
  /** Where the admin API listens; null for none. */
  readonly admin: { readonly address: string; readonly port: number } | null;
  /** File of the access log, `-` for stdout. */
  readonly accessLog: string | undefined;
  /** File of the performance log of v1, `-` for stdout. */
  readonly performanceLog: string | undefined;
  /** How many processes serve the gateway. */
  readonly instances: number;
  /** Tell what happens as lines of JSON. */
  readonly json: boolean;
  readonly strict: boolean;
}

/** @throws EmulatorError `InvalidOption` */
export function runSettings(options: RunOptions, loaded: LoadedConfig, env: Io['env']): RunSettings {
  const { values: config, folder } = loaded;
  const portOffset = options.portOffset ?? config.portOffset;
  const bind = options.bind ?? config.bind;
  const unmapped = options.unmapped ?? config.unmapped;
  const { behaviour } = config;
  return {
    emulator: {
      certificates: certificateSettings(options.ca, loaded, env),
      ...(portOffset === undefined ? {} : { portOffset }),
      ...(bind === undefined ? {} : { bind }),
      ...(unmapped === undefined ? {} : { unmapped }),
      ...(behaviour === undefined ? {} : { behaviour }),
      verifyBackends: options.verifyBackends ?? config.verifyBackends ?? false,
      errorPages: inFolder(folder, config.errorPages ?? {}),
      listen: { ...config.listen, ...splitAll(options.listen, '--listen <frontendPort>=<[address:]port>') },
      hosts: readHosts(config.hosts),
      backends: {
        ...readBackends(folder, config.backends),
        ...splitAll(options.backend, '--backend <member>=<target>'),
      },
    },
    admin: parseAdmin(options.admin ?? config.admin ?? '9900'),
    accessLog: options.accessLog ?? logFile(folder, config.accessLog),
    performanceLog: options.performanceLog ?? logFile(folder, config.performanceLog),
    instances: options.instances ?? config.instances ?? 1,
    json: options.json ?? false,
    strict: options.strict ?? config.strict ?? false,
  };
}

/** Paths in `agate.yaml` are meant from where it lies. */
function inFolder(folder: string, files: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([url, file]) => [url, resolve(folder, file)]));
}

function logFile(folder: string, file: string | undefined): string | undefined {
  return file === undefined || file === '-' ? file : resolve(folder, file);
}

/** Splits at the first `=`: members have none, targets may. */
function splitAll(entries: readonly string[], form: string): Record<string, string> {
  return Object.fromEntries(
    entries.map((entry) => {
      const at = entry.indexOf('=');
      if (at > 0 && at < entry.length - 1) return [entry.slice(0, at), entry.slice(at + 1)];
      throw new EmulatorError('InvalidOption', `'${entry}' is not of the form ${form}.`);
    }),
  );
}

function parseAdmin(text: string): RunSettings['admin'] {
  if (text === 'off') return null;
  const place = parseLocalAddress(text);
  if (place !== null) return { address: place.address ?? '127.0.0.1', port: place.port };
  throw new EmulatorError('InvalidOption', `--admin ${text} is not <[address:]port> or off.`, {
    hint: 'As in --admin 9901 or --admin off',
  });
}
