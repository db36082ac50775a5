import { isIP } from 'node:net';
import { EmulatorError } from '../../base/errors.ts';

/** Where a frontend port is to be found on this machine. */
export interface ListenOverride {
  /** Port of the template; `all` for those that no other entry names. */
  readonly frontendPort: number | 'all';
  /** null takes the address of `--bind`. */
  readonly address: string | null;
  /** 0 takes a free one. */
  readonly port: number;
}

/**
 * Reads `<frontendPort>=<[address:]port>` in its two halves.
 *
 * @throws EmulatorError `InvalidOption`
 */
export function parseListenOverrides(entries: Readonly<Record<string, string | number>>): ListenOverride[] {
  return Object.entries(entries).map(([frontendPort, at]) => parseEntry(frontendPort, String(at)));
}

function parseEntry(frontendPort: string, at: string): ListenOverride {
  const match = /^(?:\[([^\]]+)\]:|([^:]+):)?(\d{1,5})$/.exec(at);
  const port = Number(match?.[3] ?? Number.NaN);
  const address = match?.[1] ?? match?.[2] ?? null;
  const isPort = frontendPort === 'all' || isPortNumber(Number(frontendPort), 1);
  if (!isPort || !isPortNumber(port, 0) || (address !== null && address !== 'localhost' && isIP(address) === 0)) {
    throw new EmulatorError('InvalidOption', `'${frontendPort}=${at}' is no mapping of a port.`, {
      hint: "Write <frontendPort>=<[address:]port>, such as '443=8443', '80=127.0.0.2:8080' or 'all=0'.",
    });
  }
  return { frontendPort: frontendPort === 'all' ? 'all' : Number(frontendPort), address, port };
}

function isPortNumber(port: number, least: number): boolean {
  return Number.isInteger(port) && port >= least && port <= 65_535;
}
