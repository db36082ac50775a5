import { EmulatorError } from '../../base/errors.ts';
import { parseServerTarget } from '../../base/server-target.ts';
import type { BackendTarget, ShownFiles } from './backend-target.ts';

/**
 * Where the requests for a member of a pool go: `host:port` or a URL, a folder whose files are served, a file with a
 * response that is always given, or one of these for each port of the template.
 */
export type BackendSpec =
  | string
  | { readonly target: string }
  | { readonly folder: string }
  /** As `curl -i` prints one. */
  | { readonly response: string }
  | { readonly ports: Readonly<Record<string, BackendSpec>> };

/** What is behind a mapping: a server of the user's, or files that a server of ours shows. */
export type MappedTo = ({ readonly kind: 'server' } & Omit<BackendTarget, 'kind'>) | ShownFiles;

/** One place, for all ports or for one. */
export interface PlacedBackend {
  readonly port: number | null;
  readonly to: MappedTo;
}

/**
 * Reads what a user wrote for a member; agate.yaml can hold anything.
 *
 * @throws EmulatorError `InvalidOption`
 */
export function readBackendSpec(member: string, spec: unknown): PlacedBackend[] {
  if (typeof spec === 'object' && spec !== null && 'ports' in spec && hasOnly(spec, 'ports')) {
    return readPorts(member, spec.ports);
  }
  return [{ port: null, to: readPlace(member, spec) }];
}

function readPorts(member: string, ports: unknown): PlacedBackend[] {
  if (typeof ports !== 'object' || ports === null || Array.isArray(ports)) throw noTarget(member, { ports });
  return Object.entries(ports).map(([text, spec]: [string, unknown]) => {
    const port = Number(text);
    if (Number.isInteger(port) && port > 0 && port < 65_536)
      return { port, to: readPlace(`${member}' port '${text}`, spec) };
    throw new EmulatorError('InvalidOption', `The backend mapping '${member}' has the port '${text}'.`, {
      hint: 'A port is a number from 1 to 65535, that of the backend settings in the template.',
    });
  });
}

function readPlace(member: string, spec: unknown): MappedTo {
  if (typeof spec === 'string') return readTarget(member, spec);
  if (typeof spec !== 'object' || spec === null) throw noTarget(member, spec);
  if ('target' in spec && typeof spec.target === 'string' && hasOnly(spec, 'target')) {
    return readTarget(member, spec.target);
  }
  if ('folder' in spec && typeof spec.folder === 'string' && hasOnly(spec, 'folder')) {
    return { kind: 'folder', path: spec.folder };
  }
  if ('response' in spec && typeof spec.response === 'string' && hasOnly(spec, 'response')) {
    return { kind: 'response', path: spec.response };
  }
  throw noTarget(member, spec);
}

function hasOnly(spec: object, key: string): boolean {
  const keys = Object.keys(spec);
  return keys.length === 1 && keys[0] === key;
}

function readTarget(member: string, text: string): MappedTo {
  const target = parseServerTarget(text);
  if (target === null) throw noTarget(member, text);
  return { kind: 'server', ...target };
}

function noTarget(member: string, spec: unknown): EmulatorError {
  const written = typeof spec === 'string' ? spec : JSON.stringify(spec);
  return new EmulatorError(
    'InvalidOption',
    `The backend mapping '${member}' goes to '${written}', which is no target.`,
    {
      hint: "A target is 'host:port' or a URL without a path, such as 'localhost:3000' or 'https://localhost:3001'; agate.yaml can name a folder, a response or ports as well.",
    },
  );
}
