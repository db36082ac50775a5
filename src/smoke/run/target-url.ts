import type { ListenerDescription } from '../../emulator/descriptions.ts';
import type { Gateway } from '../../gateway/model.ts';
import { type ClientUrl, parseClientUrl } from '../../routing/client-url.ts';
import { hostNameOf } from '../../routing/host.ts';
import { matchHost } from '../../routing/match-host.ts';

/** The parts of a URL as they go onto the wire. */
export interface TargetUrl extends ClientUrl {
  readonly hostName: string;
}

/** undefined for what is no URL of a gateway. */
export function parseTargetUrl(text: string): TargetUrl | undefined {
  const url = parseClientUrl(text);
  return url && { ...url, hostName: hostNameOf(url.host), path: encoded(url.path) };
}

/** Blanks and letters that a request line cannot hold, as browsers write them. What is encoded already stays as it is. */
function encoded(path: string): string {
  return path.replaceAll(/[^\x21-\x7e]+/g, (letters) =>
    Buffer.from(letters)
      .toString('hex')
      .replaceAll(/../g, (byte) => `%${byte.toUpperCase()}`),
  );
}

/**
 * The listener that a URL reaches. Where several frontends have the port, the one named counts, then one with a listener
 * for the host.
 */
export function findListener(
  listeners: readonly ListenerDescription[],
  gateway: Gateway,
  { isTls, hostName, port }: TargetUrl,
  frontend: string | undefined,
): ListenerDescription | undefined {
  const protocol = isTls ? 'Https' : 'Http';
  const open = listeners.filter(
    (listener) =>
      listener.frontendPort === port &&
      listener.protocol === protocol &&
      (frontend === undefined || frontendOf(gateway, listener) === frontend),
  );
  return open.find(({ hostNames }) => hostNames.some((name) => matchHost(name, hostName))) ?? open[0];
}

function frontendOf({ httpListeners }: Gateway, { name }: ListenerDescription): string | undefined {
  return httpListeners.find((listener) => listener.name === name)?.frontendIPConfiguration?.name;
}

/** Which names a port has, for a connection by another one, which TLS may refuse without a word; none when the name is known. */
export function describeUnknownName(
  listeners: readonly ListenerDescription[],
  { hostName, port }: TargetUrl,
): readonly string[] {
  const onPort = listeners.filter(({ frontendPort }) => frontendPort === port);
  const isKnown = ({ hostNames }: ListenerDescription) =>
    hostNames.length === 0 || hostNames.some((name) => matchHost(name, hostName));
  if (onPort.some(isKnown)) return [];
  const names = onPort.map(
    ({ name, hostNames }) => `'${name}' answers to ${hostNames.map((each) => `'${each}'`).join(', ')}`,
  );
  return [`No listener on port ${port} answers to '${hostName}'; ${names.join(', ')}.`];
}

/** What happens to a request for which nothing listens. */
export function describeNoListener(listeners: readonly ListenerDescription[], { isTls, port }: TargetUrl): string {
  const known = [...new Set(listeners.map((each) => `${each.protocol.toLowerCase()} ${each.frontendPort}`))];
  const scheme = isTls ? 'https' : 'http';
  return `No listener waits for ${scheme} on port ${port}; this gateway has ${known.join(', ') || 'none'}.`;
}
