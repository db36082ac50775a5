import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { EmulatorError } from '../base/errors.ts';
import type { LoadedConfig } from './config.ts';
import type { LinkMapping } from './linked-files.ts';

/**
 * What `--linked` and `linked:` in agate.yaml say, the command line first. A folder of agate.yaml may be missing: the
 * file is for several templates, and not all of them need it.
 *
 * @throws EmulatorError `InvalidOption` for an option that is none, or whose folder is not there
 */
export async function linkMappings(
  options: readonly string[],
  { values, folder }: LoadedConfig,
): Promise<readonly LinkMapping[]> {
  const typed = await Promise.all(options.map(readOption));
  const configured = Object.entries(values.linked ?? {}).map(([prefix, target]) => ({
    prefix,
    folder: resolve(folder, target),
  }));
  return [...typed, ...configured];
}

async function readOption(option: string): Promise<LinkMapping> {
  const at = option.lastIndexOf('=');
  if (at < 1 || at === option.length - 1) {
    throw new EmulatorError('InvalidOption', `--linked ${option} is not <uri prefix>=<folder>.`, {
      hint: 'As in --linked https://example.com/templates/=./templates',
    });
  }
  const folder = option.slice(at + 1);
  if (await isFolder(folder)) return { prefix: option.slice(0, at), folder };
  throw new EmulatorError('InvalidOption', `--linked ${option}: there is no folder '${folder}'.`, {
    hint: 'The folder is taken from the current one.',
  });
}

function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (status) => status.isDirectory(),
    () => false,
  );
}
