import type { PropertyReader } from '../../resources/property-reader.ts';
import type { FrontendIPConfiguration, FrontendPort, HttpListener, SslCertificate, SslProfile } from '../model.ts';
import type { BuildContext } from './build-context.ts';
import type { Collection } from './collections.ts';
import { buildCustomErrorConfigurations } from './custom-error-configurations.ts';
import type { Entry } from './entries.ts';
import { resolveReference } from './resolve-reference.ts';

/** The collections that a listener refers to. */
export interface ListenerTargets {
  readonly frontendIPConfigurations: Collection<FrontendIPConfiguration>;
  readonly frontendPorts: Collection<FrontendPort>;
  readonly sslCertificates: Collection<SslCertificate>;
  readonly sslProfiles: Collection<SslProfile>;
}

export function buildHttpListener(context: BuildContext, entry: Entry, targets: ListenerTargets): HttpListener {
  const { properties } = entry;
  return {
    ...entry.common,
    frontendIPConfiguration: resolveReference(
      context,
      entry,
      'frontendIPConfiguration',
      targets.frontendIPConfigurations,
    ),
    frontendPort: resolveReference(context, entry, 'frontendPort', targets.frontendPorts),
    protocol: properties.oneOf('protocol', ['Http', 'Https']) ?? 'Http',
    hostNames: hostNamesOf(properties),
    requireServerNameIndication: properties.boolean('requireServerNameIndication') ?? false,
    sslCertificate: resolveReference(context, entry, 'sslCertificate', targets.sslCertificates),
    sslProfile: resolveReference(context, entry, 'sslProfile', targets.sslProfiles),
    firewallPolicyId: properties.object('firewallPolicy').text('id'),
    customErrorConfigurations: buildCustomErrorConfigurations(properties),
  };
}

/** Portal and samples write `"hostName": ""` and `"hostNames": []` for a listener that takes every name. */
function hostNamesOf(properties: PropertyReader): readonly string[] {
  const several = properties.strings('hostNames').filter((name) => name !== '');
  const single = properties.text('hostName');
  return several.length > 0 || single === null ? several : [single];
}
