import { type Stats, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Problem } from '../base/problem.ts';
import { nameUsedFor } from '../certificates/certificate-files.ts';
import type { Gateway } from '../gateway/model.ts';
import type { BackendEntry, Config, LoadedConfig } from '../input/config.ts';
import { compileRoutingTable } from '../routing/compile-routing-table.ts';
import { findMappingFaults } from '../runtime/backends/backend-mapping.ts';
import { findUnknownPorts } from '../runtime/listeners/plan-listeners.ts';
import { readBackends } from './backend-settings.ts';

/**
 * What is wrong with a configuration for one gateway: mappings of what it does not have, and files for it that are not
 * there.
 */
export function findConfigFaults({ values, folder }: LoadedConfig, gateway: Gateway): readonly Problem[] {
  const { backends = {}, listen = {}, errorPages = {} } = values;
  const named = Object.keys(listen);
  const ports = named.length === 0 ? [] : compileRoutingTable(gateway).entryPoints.map(({ port }) => port);
  const urls = pageUrlsOf(gateway);
  const files = [
    ...Object.entries(backends).flatMap(([member, entry]) => filesOf(entry, ['backends', member])),
    ...Object.entries(errorPages).flatMap(([url, file]) =>
      urls.has(url) ? [{ path: ['errorPages', url], file, kind: 'file' } as const] : [],
    ),
    ...certificateFilesOf(values, gateway),
  ];
  return [
    ...findMappingFaults(readBackends(folder, backends), gateway).map((problem) => below('backends', problem)),
    ...findUnknownPorts(ports, named).map((problem) => below('listen', problem)),
    ...files.flatMap((file) => findMissing(folder, file)),
  ];
}

function below(section: string, problem: Problem): Problem {
  return { ...problem, path: [section, ...problem.path], isOfName: true };
}

interface NamedFile {
  readonly path: readonly string[];
  readonly file: string;
  readonly kind: 'file' | 'folder' | 'file or folder';
}

/** Files for certificates that this gateway has; those of others may be elsewhere. */
function certificateFilesOf({ ca, certificates = {} }: Config, gateway: Gateway): readonly NamedFile[] {
  const own = gateway.sslCertificates;
  if (own.length === 0) return [];
  const authority: NamedFile[] = ca === undefined ? [] : [{ path: ['ca'], file: ca, kind: 'file' }];
  if (typeof certificates === 'string') {
    return [...authority, { path: ['certificates'], file: certificates, kind: 'folder' }];
  }
  const names = Object.keys(certificates);
  const used = new Set(own.flatMap((certificate) => nameUsedFor(certificate, names) ?? []));
  const named = [...used].flatMap((name): NamedFile[] => {
    const entry = certificates[name];
    if (entry === undefined) return [];
    const path = ['certificates', name];
    if (typeof entry === 'string') return [{ path, file: entry, kind: 'file or folder' }];
    return [{ path: [...path, 'file'], file: entry.file, kind: 'file or folder' }];
  });
  return [...authority, ...named];
}

function filesOf(entry: BackendEntry, path: readonly string[]): NamedFile[] {
  if (typeof entry === 'string') return [];
  const { folder, response } = entry;
  const ports = 'ports' in entry ? Object.entries(entry.ports ?? {}) : [];
  return [
    ...(folder === undefined ? [] : [{ path: [...path, 'folder'], file: folder, kind: 'folder' } as const]),
    ...(response === undefined ? [] : [{ path: [...path, 'response'], file: response, kind: 'file' } as const]),
    ...ports.flatMap(([port, place]) => filesOf(place, [...path, 'ports', port])),
  ];
}

function findMissing(folder: string, { path, file, kind }: NamedFile): Problem[] {
  const found = statusOf(resolve(folder, file));
  const isFile = kind !== 'folder' && found?.isFile();
  const isFolder = kind !== 'file' && found?.isDirectory();
  if (isFile || isFolder) return [];
  const hint = 'Paths are taken from where the configuration lies.';
  return [{ path, message: `There is no ${kind} '${file}'.`, hint }];
}

function statusOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    // Whatever keeps it from being found keeps it from being read.
    return undefined;
  }
}

function pageUrlsOf(gateway: Gateway): ReadonlySet<string> {
  const owners = [gateway, ...gateway.httpListeners];
  return new Set(
    owners.flatMap(({ customErrorConfigurations }) =>
      customErrorConfigurations.map(({ customErrorPageUrl }) => customErrorPageUrl),
    ),
  );
}
