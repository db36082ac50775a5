import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { printableInColour } from '../base/printable.ts';

/** The world outside of a command: where it reads and writes. Results go to `stdout`, everything else to `stderr`. */
export interface Io {
  readonly stdout: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly stdin: Readable;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export const processIo: Io = {
  stdout: process.stdout,
  stderr: process.stderr,
  stdin: process.stdin,
  env: process.env,
};

/**
 * Writes text with a line break and waits when the reader is slow, so that a pipe never loses the end of a result. A
 * stream that fails is not waited for; whoever owns it hears of that by its 'error' event.
 */
export async function writeLine(stream: Writable, text: string): Promise<void> {
  if (stream.write(text.endsWith('\n') ? text : `${text}\n`)) return;
  await once(stream, 'drain').catch(() => undefined);
}

/** The same for text that people read: names that it quotes do not steer their terminals. */
export function writeText(stream: Writable, text: string): Promise<void> {
  return writeLine(stream, printableInColour(text));
}
