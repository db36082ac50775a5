import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { EmulatorError } from '../base/errors.ts';
import type { CertificateFile, CertificateFiles } from '../certificates/certificate-files.ts';
import type { CertificateOptions } from '../certificates/certificate-options.ts';
import { dataFolder } from '../certificates/data-folder.ts';
import type { Responders } from '../certificates/ocsp/ocsp-client.ts';
import type { LoadedConfig } from '../input/config.ts';
import type { Io } from './io.ts';

/**
 * Where certificates come from: the user's data folder, `--ca` and `certificates` of `agate.yaml`.
 *
 * @throws EmulatorError `InvalidOption`
 */
export function certificateSettings(
  ca: string | undefined,
  { values, folder }: LoadedConfig,
  env: Io['env'],
): CertificateOptions {
  const authority = ca ?? (values.ca === undefined ? undefined : resolve(folder, values.ca));
  const { certificates, ocspResponders } = values;
  return {
    dataFolder: userDataFolder(env),
    ...(authority === undefined ? {} : { authority }),
    ...(certificates === undefined ? {} : { files: readFiles(folder, certificates) }),
    ...(ocspResponders === undefined ? {} : { responders: readResponders(ocspResponders) }),
  };
}

function readResponders(entries: Readonly<Record<string, unknown>>): Responders {
  const responders = Object.entries(entries).map(([named, real]) => [named, String(real)] as const);
  for (const [named, real] of responders) {
    if ([named, real].every((url) => URL.canParse(url) && /^https?:/i.test(url))) continue;
    throw new EmulatorError('InvalidOption', `ocspResponders in agate.yaml: '${named}: ${real}' are not two URLs.`, {
      hint: 'As in ocspResponders: { http://ocsp.contoso.com: http://127.0.0.1:2560 }',
    });
  }
  return Object.fromEntries(responders);
}

/** Where Agate keeps its certificate authority for this user; null for nowhere. */
export function userDataFolder(env: Io['env']): string | null {
  return dataFolder({ env, platform: process.platform, homeFolder: homedir() });
}

/** A folder, or files by the name of a secret or certificate. Paths are meant from where `agate.yaml` lies. */
function readFiles(folder: string, certificates: string | Readonly<Record<string, unknown>>): CertificateFiles {
  if (typeof certificates === 'string') return { folder: resolve(folder, certificates) };
  const entries = Object.entries(certificates).map(([name, value]) => [name, readFileEntry(folder, name, value)]);
  return { byName: Object.fromEntries(entries) };
}

function readFileEntry(folder: string, name: string, value: unknown): CertificateFile {
  if (typeof value === 'string') return { path: resolve(folder, value) };
  const { file, password } = (value ?? {}) as Readonly<Record<string, unknown>>;
  const hasPassword = typeof password === 'string' || typeof password === 'number';
  if (typeof file === 'string' && (hasPassword || password === undefined)) {
    return { path: resolve(folder, file), ...(hasPassword ? { password: String(password) } : {}) };
  }
  throw new EmulatorError('InvalidOption', `certificates.${name} in agate.yaml is neither a path nor a file.`, {
    hint: `As in ${name}: ./site.pfx, or ${name}: { file: ./site.pfx, password: … }`,
  });
}
