import { Readable } from 'node:stream';

/** A body that tells whenever a server has taken a part of it: as long as it does, the server is not silent. */
export abstract class ReadBody extends Readable {
  onProgress: (() => void) | null = null;

  override _read(size: number): void {
    this.onProgress?.();
    this.readMore(size);
  }

  protected abstract readMore(size: number): void;
}
