import { randomUUID } from 'node:crypto';
import { type FileHandle, open, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ReadBody } from './read-body.ts';

/** A body that came in chunks has turned out to be larger than the gateway takes. */
export class BodyTooLarge extends Error {}

/** A whole body that is too large for memory, in a temporary file. It can be read several times, also at once. */
export class SpooledBody {
  readonly #file: FileHandle;
  readonly #maximumBytes: number;
  #bytes = 0;
  #closing: Promise<void> | null = null;

  private constructor(file: FileHandle, maximumBytes: number) {
    this.#file = file;
    this.#maximumBytes = maximumBytes;
  }

  static async create(maximumBytes: number): Promise<SpooledBody> {
    const path = join(tmpdir(), `agate-${randomUUID()}`);
    const file = await open(path, 'wx+', 0o600);
    try {
      // A file without a name is gone when it is closed, in whatever way this process ends.
      await unlink(path);
    } catch (error) {
      await file.close();
      throw error;
    }
    return new SpooledBody(file, maximumBytes);
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** @throws BodyTooLarge when the whole would be larger than it may be */
  async append(chunk: Buffer): Promise<void> {
    if (this.#bytes + chunk.length > this.#maximumBytes) throw new BodyTooLarge();
    await this.#file.appendFile(chunk);
    this.#bytes += chunk.length;
  }

  read(): ReadBody {
    return new FileReading(this.#file);
  }

  /** Gives the disk its space back. May be called again. */
  dispose(): Promise<void> {
    this.#closing ??= this.#file.close();
    return this.#closing;
  }
}

/** Reads from the start and leaves the file open: Node's own streams close a handle when they are destroyed. */
class FileReading extends ReadBody {
  readonly #file: FileHandle;
  #position = 0;

  constructor(file: FileHandle) {
    super({ highWaterMark: 64 * 1024 });
    this.#file = file;
  }

  protected override readMore(size: number): void {
    this.#file.read(Buffer.allocUnsafe(size), 0, size, this.#position).then(
      ({ bytesRead, buffer }) => {
        this.#position += bytesRead;
        this.push(bytesRead === 0 ? null : buffer.subarray(0, bytesRead));
      },
      (error: Error) => this.destroy(error),
    );
  }
}
