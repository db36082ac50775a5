import { randomBytes } from 'node:crypto';
import { chmod, link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** A file that several processes may want to make at the same time; all of them end up with the same content. */
export interface KeptFile {
  readonly path: string;
  /** Whether only its owner may read it. */
  readonly isSecret: boolean;
  /** False for a content that nobody can use any more; it is then made anew. */
  isUsable(content: string): boolean;
  make(): Promise<string>;
}

/**
 * Reads a file, making it first if it is missing or of no use. It appears with its whole content or not at all.
 *
 * @throws the error of Node when the file can be neither read nor made
 */
export async function readOrMake(file: KeptFile): Promise<string> {
  const found = await read(file);
  if (found !== null && file.isUsable(found)) return found;
  const made = await file.make();
  await place(file, made, found === null);
  // Another process may have been faster; its file counts.
  const placed = await read(file);
  return placed !== null && file.isUsable(placed) ? placed : made;
}

async function read({ path, isSecret }: KeptFile): Promise<string | null> {
  try {
    const content = await readFile(path, 'utf8');
    // Somebody may have copied the folder, or be of a careless umask.
    if (isSecret) await chmod(path, 0o600).catch(notOurs);
    return content;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

/** A file of somebody else, on purpose then; it can be read, which is enough. */
function notOurs(): void {}

async function place(file: KeptFile, content: string, isNew: boolean): Promise<void> {
  await mkdir(dirname(file.path), { recursive: true, mode: 0o700 });
  const temporary = `${file.path}.${randomBytes(6).toString('hex')}`;
  try {
    await writeFile(temporary, content, { mode: file.isSecret ? 0o600 : 0o644, flag: 'wx' });
    if (!isNew || !(await linkUnlessThere(temporary, file.path))) await rename(temporary, file.path);
  } finally {
    await rm(temporary, { force: true });
  }
}

/** True when the file is there now, made by us or by another process; false where the file system knows no links. */
async function linkUnlessThere(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    return codeOf(error) === 'EEXIST';
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
