import { EmulatorError } from '../base/errors.ts';
import type { BackendHealth } from '../emulator/backend-health.ts';
import type { BackendDescription } from '../emulator/descriptions.ts';
import { startEmulator } from '../emulator/emulator.ts';
import type { HealthOptions } from './commands/health.ts';
import { type ExitCode, exitCode } from './exit-code.ts';
import { getJson } from './get-json.ts';
import { type Io, writeLine, writeText } from './io.ts';
import { loadDocument } from './load.ts';
import { openForServing } from './open-for-serving.ts';
import { painterFor } from './painter.ts';
import { isAllHealthy, renderHealth } from './render-health.ts';
import { runSettings } from './run-settings.ts';

/** `agate health`: the health of a template's servers, or of those of a gateway that is running. */
export async function checkHealth(template: string | undefined, options: HealthOptions, io: Io): Promise<ExitCode> {
  if (template !== undefined && options.admin !== undefined) {
    throw new EmulatorError('InvalidOption', '--admin and a template are two different gateways to ask.', {
      hint: 'Leave the template out to ask the gateway that is running.',
    });
  }
  const health = template === undefined ? await askRunning(options) : await probeOnce(template, options, io);
  if (options.json) await writeLine(io.stdout, JSON.stringify(health, null, 2));
  else await writeText(io.stdout, renderHealth(health, painterFor(io.stdout, io.env)));
  return isAllHealthy(health) ? exitCode.fine : exitCode.findings;
}

/** Starts the gateway on free ports, waits for the first answer of every server and stops it. */
async function probeOnce(template: string, options: HealthOptions, io: Io): Promise<BackendHealth> {
  const loaded = await loadDocument(template, options, { standIns: options.standIns === true, placeholders: true }, io);
  const { backend, unmapped } = options;
  const forRun = { ...options, backend, listen: [], ...(unmapped === undefined ? {} : { unmapped }) };
  const settings = runSettings(forRun, loaded.input.config, io.env);
  const { gateway } = openForServing(loaded, settings.strict, io);
  const emulator = await startEmulator({
    ...settings.emulator,
    gateway,
    listen: { all: 0 },
    readyTimeoutMilliseconds: options.timeout * 1000,
  });
  try {
    await tellOfStandIns(emulator.backends, io);
    return emulator.backendHealth();
  } finally {
    await emulator.dispose(0);
  }
}

/** They are healthy whatever becomes of the real servers. */
async function tellOfStandIns(backends: readonly BackendDescription[], io: Io): Promise<void> {
  const standIns = backends.filter(({ kind }) => kind === 'mock').length;
  if (standIns === 0) return;
  const what = `${standIns} of ${backends.length} servers are stand-ins`;
  await writeLine(io.stderr, `${what}; --backend and --unmapped live ask real ones.`);
}

async function askRunning({ admin = '9900', timeout }: HealthOptions): Promise<BackendHealth> {
  const url = new URL('/api/backend-health', adminUrl(admin));
  const { status, body } = await getJson(url, timeout * 1000).catch((cause: unknown) => {
    throw unreachable(url, 'No gateway answers', cause);
  });
  if (status === 200 && isHealth(body)) return body;
  throw unreachable(url, `What answers with ${status} is no admin API of Agate`);
}

function adminUrl(text: string): URL {
  const address = /^\d+$/.test(text) ? `127.0.0.1:${text}` : text;
  const url = /^https?:\/\//i.test(address) ? address : `http://${address}`;
  if (URL.canParse(url)) return new URL(url);
  throw new EmulatorError('InvalidOption', `--admin ${text} is not <[address:]port> or a URL.`, {
    hint: 'As in --admin 9901 or --admin http://127.0.0.1:9901',
  });
}

function unreachable(url: URL, what: string, cause?: unknown): EmulatorError {
  return new EmulatorError('AdminUnreachable', `${what} at ${url.origin}.`, {
    hint: 'Start one with `agate run <template>`, name its admin address with --admin, or name a template to ask its servers once.',
    cause,
  });
}

function isHealth(body: unknown): body is BackendHealth {
  return (
    typeof body === 'object' &&
    body !== null &&
    'backendAddressPools' in body &&
    Array.isArray(body.backendAddressPools)
  );
}
