import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { EmulatorError } from '../base/errors.ts';
import type { LoadedConfig } from './config.ts';
import type { LinkMapping } from './linked-files.ts';

/**
 * What `--linked` and `linked:` in agate.yaml say, the command line first.
 *
 * @throws EmulatorError `InvalidOption` for a folder that is not there: the templates in it would silently be others
 */
export async function linkMappings(
  options: readonly string[],
  { values, folder }: LoadedConfig,
): Promise<readonly LinkMapping[]> {
  const typed = options.map((option) => ({ ...readOption(option), said: `--linked ${option}` }));
  const configured = Object.entries(values.linked ?? {}).map(([prefix, target]) => ({
    prefix,
    folder: resolve(folder, String(target)),
    said: `'linked' in agate.yaml gives ${prefix}`,
  }));
  const mappings = [...typed, ...configured];
  for (const mapping of mappings) await checkFolder(mapping);
  return mappings;
}

function readOption(option: string): LinkMapping {
  const at = option.lastIndexOf('=');
  if (at < 1 || at === option.length - 1) {
    throw new EmulatorError('InvalidOption', `--linked ${option} is not <uri prefix>=<folder>.`, {
      hint: 'As in --linked https://example.com/templates/=./templates',
    });
  }
  return { prefix: option.slice(0, at), folder: option.slice(at + 1) };
}

async function checkFolder({ folder, said }: LinkMapping & { readonly said: string }): Promise<void> {
  const isFolder = await stat(folder).then(
    (status) => status.isDirectory(),
    () => false,
  );
  if (isFolder) return;
  throw new EmulatorError('InvalidOption', `${said}: there is no folder '${folder}'.`, {
    hint: 'The folder is taken from the current one, and in agate.yaml from that of the file.',
  });
}
