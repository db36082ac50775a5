import { homedir } from 'node:os';
import { resolve } from 'node:path';
import type { CertificateFile, CertificateFiles } from '../certificates/certificate-files.ts';
import type { CertificateOptions } from '../certificates/certificate-options.ts';
import { dataFolder } from '../certificates/data-folder.ts';
import type { CertificateEntry, Config, LoadedConfig } from '../input/config.ts';
import type { Io } from './io.ts';

/** Where certificates come from: the user's data folder, `--ca` and `certificates` of `agate.yaml`. */
export function certificateSettings(
  ca: string | undefined,
  { values, folder }: Pick<LoadedConfig, 'values' | 'folder'>,
  env: Io['env'],
): CertificateOptions {
  const authority = ca ?? (values.ca === undefined ? undefined : resolve(folder, values.ca));
  const { certificates, ocspResponders } = values;
  return {
    dataFolder: userDataFolder(env),
    ...(authority === undefined ? {} : { authority }),
    ...(certificates === undefined ? {} : { files: readFiles(folder, certificates) }),
    ...(ocspResponders === undefined ? {} : { responders: ocspResponders }),
  };
}

/** Where Agate keeps its certificate authority for this user; null for nowhere. */
export function userDataFolder(env: Io['env']): string | null {
  return dataFolder({ env, platform: process.platform, homeFolder: homedir() });
}

/** A folder, or files by the name of a secret or certificate. Paths are meant from where `agate.yaml` lies. */
function readFiles(folder: string, certificates: NonNullable<Config['certificates']>): CertificateFiles {
  if (typeof certificates === 'string') return { folder: resolve(folder, certificates) };
  const entries = Object.entries(certificates).map(([name, entry]) => [name, readEntry(folder, entry)] as const);
  return { byName: Object.fromEntries(entries) };
}

function readEntry(folder: string, entry: CertificateEntry): CertificateFile {
  if (typeof entry === 'string') return { path: resolve(folder, entry) };
  const { file, password } = entry;
  return { path: resolve(folder, file), ...(password === undefined ? {} : { password }) };
}
