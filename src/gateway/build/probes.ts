import type { PropertyReader } from '../../resources/property-reader.ts';
import type { Probe, ProbeMatch } from '../model.ts';
import type { Entry } from './entries.ts';

/**
 * Defaults of a custom probe.
 * https://learn.microsoft.com/azure/application-gateway/application-gateway-probe-overview#custom-health-probe-settings
 */
export function buildProbe({ common, properties }: Entry): Probe {
  return {
    ...common,
    protocol: properties.oneOf('protocol', ['Http', 'Https', 'Tcp', 'Tls']) ?? 'Http',
    host: properties.text('host'),
    pickHostNameFromBackendHttpSettings:
      properties.boolean('pickHostNameFromBackendHttpSettings') ??
      properties.boolean('pickHostNameFromBackendSettings') ??
      false,
    path: properties.text('path') ?? '/',
    intervalSeconds: properties.integer('interval') ?? 30,
    timeoutSeconds: properties.integer('timeout') ?? 30,
    unhealthyThreshold: properties.integer('unhealthyThreshold') ?? 3,
    minServers: properties.integer('minServers') ?? 0,
    port: properties.integer('port'),
    match: buildMatch(properties.object('match')),
  };
}

function buildMatch(match: PropertyReader): ProbeMatch {
  const statusCodes = match.strings('statusCodes').flatMap((text) => parseStatusCodes(text) ?? []);
  return { statusCodes: statusCodes.length > 0 ? statusCodes : [{ from: 200, to: 399 }], body: match.text('body') };
}

/** `200-399` or `401`. */
function parseStatusCodes(text: string): ProbeMatch['statusCodes'][number] | undefined {
  const [, from, to = from] = /^\s*(\d{3})\s*(?:-\s*(\d{3})\s*)?$/.exec(text) ?? [];
  return from === undefined ? undefined : { from: Number(from), to: Number(to) };
}
