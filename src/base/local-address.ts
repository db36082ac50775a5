import { isIP } from 'node:net';

/** Where something listens on this machine. */
export interface LocalAddress {
  /** null for the address that holds unless one is named. */
  readonly address: string | null;
  readonly port: number;
}

/** Reads `[address:]port`, such as `8443`, `127.0.0.2:8443`, `[::1]:0` or `localhost:80`; null for what is none. */
export function parseLocalAddress(text: string): LocalAddress | null {
  const [, bracketed, plain, digits] = /^(?:\[([^\]]+)\]:|([^:]+):)?(\d{1,5})$/.exec(text) ?? [];
  const address = bracketed ?? plain ?? null;
  const port = Number(digits ?? Number.NaN);
  const isAddress = address === null || address === 'localhost' || isIP(address) !== 0;
  return isAddress && port <= 65_535 ? { address, port } : null;
}
