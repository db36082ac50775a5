import { open } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { EmulatorError } from '../base/errors.ts';

/** A file at whose end lines are added. */
export class LogFile {
  readonly #path: string;
  #stream: Writable;

  private constructor(path: string, stream: Writable) {
    this.#path = path;
    this.#stream = stream;
  }

  /** @throws EmulatorError `FileUnreadable` when it cannot be written */
  static async open(path: string): Promise<LogFile> {
    return new LogFile(path, await openStream(path));
  }

  get stream(): Writable {
    return this.#stream;
  }

  /**
   * Opens it anew under its name, because the old one was moved away.
   *
   * @param use takes the new stream into use; what it writes to the old one before still arrives there
   * @throws EmulatorError `FileUnreadable`; the old one then stays in use
   */
  async reopen(use: (stream: Writable) => void): Promise<void> {
    const former = this.#stream;
    this.#stream = await openStream(this.#path);
    use(this.#stream);
    await endStream(former);
  }

  /** Settles when everything is in the file. */
  close(): Promise<void> {
    return endStream(this.#stream);
  }
}

async function endStream(stream: Writable): Promise<void> {
  if (stream.destroyed) return;
  stream.end();
  await finished(stream);
}

async function openStream(path: string): Promise<Writable> {
  try {
    return (await open(path, 'a')).createWriteStream();
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new EmulatorError('FileUnreadable', `The log '${path}' cannot be written: ${detail}.`, {
      hint: 'Name a file in a folder that exists and may be written to.',
      cause,
    });
  }
}
