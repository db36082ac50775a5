import { resolve } from 'node:path';
import type { BackendEntry, Config } from '../input/config.ts';
import type { Hosts } from '../runtime/backends/backend-names.ts';
import type { BackendSpec } from '../runtime/backends/backend-spec.ts';

/** What `hosts:` of an `agate.yaml` says. */
export function readHosts(hosts: Config['hosts'] = {}): Hosts {
  return Object.fromEntries(
    Object.entries(hosts).map(([name, value]) => [name, typeof value === 'string' ? [value] : value]),
  );
}

/** What `backends:` of an `agate.yaml` says; its paths are meant from where it lies. */
export function readBackends(folder: string, backends: Config['backends'] = {}): Record<string, BackendSpec> {
  return Object.fromEntries(
    Object.entries(backends).map(([member, entry]) => [member, withPaths(folder, entry) as BackendSpec]),
  );
}

function withPaths(folder: string, entry: BackendEntry): unknown {
  if (typeof entry === 'string') return entry;
  return Object.fromEntries(
    Object.entries(entry).map(([key, value]: [string, string | Readonly<Record<string, BackendEntry>>]) => {
      if (typeof value !== 'string') return [key, readBackends(folder, value)];
      return [key, key === 'target' ? value : resolve(folder, value)];
    }),
  );
}
