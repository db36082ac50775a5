import { readFile, stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { EmulatorError } from '../base/errors.ts';
import { SourceText } from '../base/span.ts';

/** The name under which text from standard input appears in messages. */
export const standardInputName = '<stdin>';

/**
 * Reads a text file the user named, as UTF-8 or, with a byte order mark, UTF-16.
 *
 * @throws EmulatorError `FileUnreadable` with the reason and a hint
 */
export async function readSource(path: string): Promise<SourceText> {
  try {
    return new SourceText(path, decodeText(await readFile(path)));
  } catch (cause) {
    throw unreadable(path, cause, await isFolder(path));
  }
}

/** Reads all of a stream, such as standard input. */
export async function readStream(stream: Readable, name = standardInputName): Promise<SourceText> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return new SourceText(name, decodeText(Buffer.concat(chunks)));
}

function decodeText(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  // A byte order mark of UTF-8 stays in the text: the JSON reader reports it, because some of Azure's tools refuse it.
  return bytes.toString('utf8');
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (status) => status.isDirectory(),
    () => false,
  );
}

function unreadable(path: string, cause: unknown, folder: boolean): EmulatorError {
  if (folder) {
    return new EmulatorError('FileUnreadable', `'${path}' is a folder.`, {
      hint: 'Name a template file in it, such as azuredeploy.json.',
      cause,
    });
  }
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === 'ENOENT') {
    return new EmulatorError('FileUnreadable', `There is no file '${path}'.`, {
      hint: 'Check the path; it is taken from the current folder.',
      cause,
    });
  }
  if (code === 'EACCES') {
    return new EmulatorError('FileUnreadable', `The file '${path}' may not be read.`, {
      hint: 'Check its permissions.',
      cause,
    });
  }
  return new EmulatorError('FileUnreadable', `The file '${path}' cannot be read: ${messageOf(cause)}.`, { cause });
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
