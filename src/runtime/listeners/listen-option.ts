import { EmulatorError } from '../../base/errors.ts';
import { parseLocalAddress } from '../../base/local-address.ts';

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
  const place = parseLocalAddress(at);
  if (place !== null && isFrontendPort(frontendPort)) {
    return { frontendPort: frontendPort === 'all' ? 'all' : Number(frontendPort), ...place };
  }
  throw new EmulatorError('InvalidOption', `'${frontendPort}=${at}' is no mapping of a port.`, {
    hint: "Write <frontendPort>=<[address:]port>, such as '443=8443', '80=127.0.0.2:8080' or 'all=0'.",
  });
}

function isFrontendPort(text: string): boolean {
  const port = Number(text);
  return text === 'all' || (Number.isInteger(port) && port >= 1 && port <= 65_535);
}
