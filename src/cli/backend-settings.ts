import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { EmulatorError } from '../base/errors.ts';
import type { Hosts } from '../runtime/backends/backend-names.ts';
import type { BackendSpec } from '../runtime/backends/backend-spec.ts';

type Mapping = Readonly<Record<string, unknown>>;

/**
 * Reads `hosts:` of an `agate.yaml`.
 *
 * @throws EmulatorError `InvalidOption`
 */
export function readHosts(hosts: Mapping = {}): Hosts {
  return Object.fromEntries(
    Object.entries(hosts).map(([name, value]) => {
      if (isIP(name) !== 0) throw alreadyAddress(name);
      const addresses = (Array.isArray(value) ? value : [value]).map(String);
      const wrong = addresses.find((address) => isIP(address) === 0);
      if (wrong === undefined && addresses.length > 0) return [name, addresses];
      throw new EmulatorError('InvalidOption', `hosts gives '${name}' the address '${wrong ?? ''}'.`, {
        hint: 'Write an IP address or a list of them.',
      });
    }),
  );
}

function alreadyAddress(address: string): EmulatorError {
  return new EmulatorError('InvalidOption', `hosts gives '${address}' an address, which is one already.`, {
    hint: `'backends' says where members with an address really are, as in { '${address}': 'localhost:3000' }.`,
  });
}

/**
 * Reads `backends:` of an `agate.yaml`; its paths are meant from where it lies. What stands for a member is checked
 * where the gateway is known.
 */
export function readBackends(folder: string, backends: Mapping = {}): Record<string, BackendSpec> {
  return Object.fromEntries(
    Object.entries(backends).map(([member, value]) => [member, withPaths(folder, value) as BackendSpec]),
  );
}

function withPaths(folder: string, value: unknown): unknown {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]: [string, unknown]) => {
      const isPath = (key === 'folder' || key === 'response') && typeof inner === 'string';
      return [key, isPath ? resolve(folder, inner) : withPaths(folder, inner)];
    }),
  );
}
