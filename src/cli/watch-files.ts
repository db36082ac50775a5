import { existsSync, type FSWatcher, watch } from 'node:fs';
import { basename, dirname } from 'node:path';

/** Editors write a file in several steps; what follows within this time belongs together. */
const settleMilliseconds = 50;

/**
 * Calls back after any of the files changed, as {@link FileWatch} does.
 *
 * @returns stops watching
 */
export function watchFiles(paths: readonly string[], onChange: () => Promise<void>): () => void {
  const files = new FileWatch(onChange);
  files.watch(paths);
  return () => files.stop();
}

/**
 * Calls back after any of some files changed, once for changes that belong together, and not again before the last call
 * has settled. Watches folders rather than files, because many editors replace a file instead of writing into it.
 */
export class FileWatch {
  readonly #changes: ReturnType<typeof coalesce>;
  readonly #watchers = new Map<string, FSWatcher>();
  #namesByFolder: ReadonlyMap<string, ReadonlySet<string>> = new Map();

  constructor(onChange: () => Promise<void>) {
    this.#changes = coalesce(onChange);
  }

  /** Watches these files from now on, and no others. Those in folders that do not exist are left out. */
  watch(paths: readonly string[]): void {
    this.#namesByFolder = namesByFolder(paths);
    for (const [folder, watcher] of this.#watchers) {
      if (this.#namesByFolder.has(folder)) continue;
      watcher.close();
      this.#watchers.delete(folder);
    }
    for (const folder of this.#namesByFolder.keys()) {
      if (!this.#watchers.has(folder) && existsSync(folder)) this.#watchers.set(folder, this.#watchFolder(folder));
    }
  }

  stop(): void {
    this.#changes.stop();
    this.watch([]);
  }

  #watchFolder(folder: string): FSWatcher {
    return watch(folder, { persistent: false }, (_event, name) => {
      if (name === null || this.#namesByFolder.get(folder)?.has(name)) this.#changes.add();
    });
  }
}

function namesByFolder(paths: readonly string[]): ReadonlyMap<string, ReadonlySet<string>> {
  const names = new Map<string, Set<string>>();
  for (const path of paths) {
    const folder = dirname(path);
    names.set(folder, (names.get(folder) ?? new Set()).add(basename(path)));
  }
  return names;
}

function coalesce(call: () => Promise<void>): { add(): void; stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  return {
    add() {
      clearTimeout(timer);
      timer = setTimeout(() => {
        running = running.then(call);
      }, settleMilliseconds);
    },
    stop: () => clearTimeout(timer),
  };
}
