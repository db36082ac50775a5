/** A host as requests name it: the name, and the port behind it. */
export interface Host {
  /** Without port; an IPv6 address keeps its brackets. */
  readonly name: string;
  /** Empty when none is named. */
  readonly port: string;
}

const validHost = /^(\[[0-9a-f:.]+\]|[^\0-\x20\x7f-\uffff/\\?#@<>"^`{}|[\]:,]+)(?::(\d*))?$/i;

/** Reads a Host header; undefined when it is malformed, as `example.com:8090:8080` is. */
export function parseHost(host: string): Host | undefined {
  const match = validHost.exec(host);
  return match === null ? undefined : { name: match[1] ?? '', port: match[2] ?? '' };
}

/** The name in a host that is known to be well-formed. */
export function hostNameOf(host: string): string {
  const colon = host.lastIndexOf(':');
  return colon === -1 || host.endsWith(']') ? host : host.slice(0, colon);
}

/** The form in which host names are compared: lower case, without the dot that may end a full name. */
export function foldHostName(hostName: string): string {
  const folded = hostName.toLowerCase();
  return folded.endsWith('.') ? folded.slice(0, -1) : folded;
}
