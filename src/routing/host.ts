/** The name in a host, that is without the port. An IPv6 address keeps its brackets. */
export interface HostName {
  /** As written. */
  readonly name: string;
  /** In the form in which names are compared: lower case, without the dot that may end a full name. */
  readonly foldedName: string;
}

const colon = 58;
const openingBracket = 91;
const bracketedAddress = /^(\[[0-9a-f:.]+\])(?::\d*)?$/i;

/** Which of the ASCII characters may stand in a name: those that end no other part of a URL. */
const isNameCharacter: readonly boolean[] = Array.from(
  { length: 128 },
  (_, code) => code > 32 && code < 127 && !'/\\?#@<>"^`{}|[]:,'.includes(String.fromCharCode(code)),
);

/** Reads a Host header; undefined when it is malformed, as `example.com:8090:8080` is. */
export function parseHost(host: string): HostName | undefined {
  if (host.charCodeAt(0) === openingBracket) return parseAddress(host);
  const end = endOfName(host);
  if (end === 0 || !isPort(host, end)) return undefined;
  const name = end === host.length ? host : host.slice(0, end);
  return { name, foldedName: foldHostName(name) };
}

function parseAddress(host: string): HostName | undefined {
  const address = bracketedAddress.exec(host)?.[1];
  return address === undefined ? undefined : { name: address, foldedName: address.toLowerCase() };
}

function endOfName(host: string): number {
  let end = 0;
  while (end < host.length && isNameCharacter[host.charCodeAt(end)] === true) end += 1;
  return end;
}

/** Whether what follows the name is nothing, or a colon and digits. */
function isPort(host: string, at: number): boolean {
  if (at === host.length) return true;
  if (host.charCodeAt(at) !== colon) return false;
  for (let index = at + 1; index < host.length; index += 1) {
    const code = host.charCodeAt(index);
    if (code < 48 || code > 57) return false;
  }
  return true;
}

/** The name in a host that is known to be well-formed. */
export function hostNameOf(host: string): string {
  const end = host.lastIndexOf(':');
  return end === -1 || host.endsWith(']') ? host : host.slice(0, end);
}

export function foldHostName(hostName: string): string {
  const folded = hostName.toLowerCase();
  return folded.endsWith('.') ? folded.slice(0, -1) : folded;
}
