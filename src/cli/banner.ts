import type { BackendDescription, ListenerDescription } from '../emulator/descriptions.ts';
import type { Gateway } from '../gateway/model.ts';
import type { Painter } from '../reporters/reporter.ts';
import { alignColumns } from './align-columns.ts';

export interface BannerFacts {
  readonly version: string;
  readonly gateway: Gateway;
  readonly file: string;
  readonly listeners: readonly ListenerDescription[];
  readonly backends: readonly BackendDescription[];
  readonly admin: string | null;
}

/** What `agate run` shows once everything is up: every listener with a command to try it, and where members really go. */
export function renderBanner(facts: BannerFacts, painter: Painter): string {
  const { gateway, file, version } = facts;
  return [
    `${painter.strong(gateway.name)} (${gateway.sku.name}) from ${file}, by Agate ${version}`,
    '',
    painter.strong('Listeners'),
    ...alignColumns(facts.listeners.map((listener) => listenerRow(listener, painter))),
    '',
    painter.strong('Backends'),
    ...(facts.backends.length === 0
      ? ['  none']
      : alignColumns(facts.backends.map((backend) => backendRow(backend, painter)))),
    '',
    ...(facts.admin === null ? [] : [`Dashboard  ${facts.admin}`, '']),
    painter.faint(
      'Behaves as Application Gateway does as far as is known; verify in Azure before you rely on it. Stop with Ctrl+C.',
    ),
  ].join('\n');
}

function listenerRow(listener: ListenerDescription, painter: Painter): readonly string[] {
  const at = `${listener.protocol === 'Https' ? 'https' : 'http'} ${listener.frontendPort} → ${listener.port}`;
  return [listener.name, at, painter.info(tryCommand(listener))];
}

/** A command that reaches the listener when pasted, whatever its host names are. */
export function tryCommand({ hostNames, url, protocol, address, port }: ListenerDescription): string {
  const insecure = protocol === 'Https' ? '-k ' : '';
  const host = hostNames[0];
  if (host === undefined) return `curl ${insecure}${url}/`;
  const literal = host.replace(/\*/g, 'any').replace(/\?/g, 'x');
  const scheme = protocol === 'Https' ? 'https' : 'http';
  // curl resolves *.localhost to 127.0.0.1 and ::1 only; a listener elsewhere needs to be told.
  if (address === '127.0.0.1' || address === '0.0.0.0')
    return `curl ${insecure}${scheme}://${literal}.localhost:${port}/`;
  return `curl ${insecure}--connect-to ::${new URL(url).hostname}:${port} ${scheme}://${literal}:${port}/`;
}

function backendRow(backend: BackendDescription, painter: Painter): readonly string[] {
  const { pool, member, port, kind, target, shows } = backend;
  const at = member.includes(':') ? `[${member}]:${port}` : `${member}:${port}`;
  if (shows !== undefined) return [pool, at, shows.kind, shows.path];
  return [pool, at, kind, target === null ? painter.faint('unreachable') : target];
}
