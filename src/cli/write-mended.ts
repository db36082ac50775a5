import { readFile, writeFile } from 'node:fs/promises';
import { EmulatorError } from '../base/errors.ts';

/**
 * Writes a text back in the encoding its file has.
 *
 * @param before the text that was read from the file
 * @throws EmulatorError `FileUnreadable` when the file could not be restored from that text: it would lose something
 */
export async function writeMended(path: string, before: string, after: string): Promise<void> {
  const bytes = await readFile(path);
  const encode = encoderFor(bytes);
  if (!encode(before).equals(bytes)) {
    throw new EmulatorError('FileUnreadable', `'${path}' is not as it was read, and stays as it is.`, {
      hint: 'It changed meanwhile, or it is not UTF-8; save it as UTF-8 and try again.',
    });
  }
  await writeFile(path, encode(after)).catch((cause: Error) => {
    throw new EmulatorError('FileUnreadable', `'${path}' cannot be written: ${cause.message}.`, { cause });
  });
}

/** Reading takes the byte order mark of UTF-16 off, and leaves that of UTF-8. */
function encoderFor(bytes: Buffer): (text: string) => Buffer {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return (text) => Buffer.from(`\uFEFF${text}`, 'utf16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return (text) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16();
  return (text) => Buffer.from(text, 'utf8');
}
