/** Where a pool member really is. */
export interface BackendTarget {
  /**
   * `mapped` by the user, a `mock` of ours, `live` at the address in the template, `unresolved` when that is a name
   * without addresses, or `down`: nowhere, as if it were switched off.
   */
  readonly kind: 'mapped' | 'mock' | 'live' | 'unresolved' | 'down';
  readonly protocol: 'http' | 'https';
  readonly host: string;
  readonly port: number;
  /** Files of the user's that a mock shows. */
  readonly shows?: ShownFiles;
}

/** A folder of files, or a file with one response. */
export interface ShownFiles {
  readonly kind: 'folder' | 'response';
  readonly path: string;
}

/** As `http://127.0.0.1:40123`, with IPv6 addresses in brackets. */
export function originOf({ protocol, host, port }: Pick<BackendTarget, 'protocol' | 'host' | 'port'>): string {
  return `${protocol}://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
