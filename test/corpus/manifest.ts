import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** One document of a corpus. Parameter files and linked templates lie beside it. */
export interface CorpusEntry {
  readonly name: string;
  readonly kind: string;
  /** Path of the file to load. */
  readonly file: string;
  /** Parameter file beside it, when the manifest lists one. */
  readonly parametersFile: string | null;
  /** Whether Azure would take it, as far as reading tells. */
  readonly valid: 'yes' | 'unsure' | 'no';
}

interface Manifest {
  readonly entries: readonly {
    readonly name: string;
    readonly kind: string;
    readonly entry: string;
    readonly valid: CorpusEntry['valid'];
    readonly files?: readonly { readonly file: string }[];
  }[];
}

/** Reads `MANIFEST.json` of a corpus folder: each entry lives in the folder of its name. */
export async function readManifest(folder: string): Promise<CorpusEntry[]> {
  const manifest = JSON.parse(await readFile(path.join(folder, 'MANIFEST.json'), 'utf8')) as Manifest;
  return manifest.entries.map(({ name, kind, entry, valid, files = [] }) => {
    const parametersName = entry.replace(/\.json$/, '.parameters.json');
    const hasParameters = files.some(({ file }) => file === parametersName);
    return {
      name,
      kind,
      valid,
      file: path.join(folder, name, entry),
      parametersFile: hasParameters ? path.join(folder, name, parametersName) : null,
    };
  });
}
