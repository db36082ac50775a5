import { type FSWatcher, watch } from 'node:fs';
import { basename, dirname } from 'node:path';

/** Editors write a file in several steps; what follows within this time belongs together. */
const settleMilliseconds = 50;

/**
 * Calls back after any of the files changed, once for changes that belong together, and not again before the last call
 * has settled. Watches folders rather than files, because many editors replace a file instead of writing into it.
 *
 * @returns stops watching
 */
export function watchFiles(paths: readonly string[], onChange: () => Promise<void>): () => void {
  const namesByFolder = new Map<string, Set<string>>();
  for (const path of paths) {
    const names = namesByFolder.get(dirname(path)) ?? new Set();
    namesByFolder.set(dirname(path), names.add(basename(path)));
  }
  const changes = coalesce(onChange);
  const watchers: FSWatcher[] = [...namesByFolder].map(([folder, names]) =>
    watch(folder, { persistent: false }, (_event, name) => {
      if (name === null || names.has(name)) changes.add();
    }),
  );
  return () => {
    changes.stop();
    for (const watcher of watchers) watcher.close();
  };
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
