import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { EmulatorError } from '../base/errors.ts';
import type { EmulatorOptions, Unmapped } from '../emulator/options.ts';
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
  readonly standIns: boolean;
}

const unmappedChoices: readonly Unmapped[] = ['mock', 'live', 'down'];

/** @throws EmulatorError `InvalidOption` */
export function runSettings(options: RunOptions, loaded: LoadedConfig, env: Io['env']): RunSettings {
  const { values: config, folder } = loaded;
  const portOffset = options.portOffset ?? config.portOffset;
  const bind = options.bind ?? config.bind;
  const unmapped = options.unmapped ?? parseUnmapped(config.unmapped);
  const { behaviour } = config;
  return {
    emulator: {
      certificates: certificateSettings(options.ca, loaded, env),
      ...(portOffset === undefined ? {} : { portOffset }),
      ...(bind === undefined ? {} : { bind }),
      ...(unmapped === undefined ? {} : { unmapped }),
      ...(behaviour === undefined ? {} : { behaviour }),
      verifyBackends: options.verifyBackends ?? config.verifyBackends ?? false,
      errorPages: inFolder(folder, texts(config.errorPages)),
      listen: { ...texts(config.listen), ...splitAll(options.listen, '--listen <frontendPort>=<[address:]port>') },
      hosts: readHosts(config.hosts),
      backends: {
        ...readBackends(folder, config.backends),
        ...splitAll(options.backend, '--backend <member>=<target>'),
      },
    },
    admin: parseAdmin(options.admin ?? config.admin ?? '9900'),
    accessLog: options.accessLog ?? config.accessLog,
    performanceLog: options.performanceLog ?? config.performanceLog,
    instances: options.instances ?? config.instances ?? 1,
    json: options.json ?? false,
    strict: options.strict ?? config.strict ?? false,
    standIns: options.standIns ?? config.standIns ?? false,
  };
}

function parseUnmapped(value: string | undefined): Unmapped | undefined {
  const known = unmappedChoices.find((choice) => choice === value);
  if (value === undefined || known !== undefined) return known;
  throw new EmulatorError('InvalidOption', `unmapped is '${value}'; allowed: ${unmappedChoices.join(', ')}.`);
}

function texts(mapping: Readonly<Record<string, unknown>> | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(mapping ?? {}).map(([key, value]) => [key, String(value)]));
}

/** Paths in `agate.yaml` are meant from where it lies. */
function inFolder(folder: string, files: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([url, file]) => [url, resolve(folder, file)]));
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
  const [, bracketed, plain, digits = ''] = /^(?:\[([^\]]+)\]:|([^:]+):)?(\d{1,5})$/.exec(text) ?? [];
  const address = bracketed ?? plain ?? '127.0.0.1';
  const port = Number(digits);
  if (digits !== '' && port <= 65_535 && (address === 'localhost' || isIP(address) !== 0)) return { address, port };
  throw new EmulatorError('InvalidOption', `--admin ${text} is not <[address:]port> or off.`, {
    hint: 'As in --admin 9901 or --admin off',
  });
}
