import type { SubResource } from '../model.ts';
import type { BuildContext } from './build-context.ts';
import type { Collection, CollectionName } from './collections.ts';
import { buildCollection, type Entry } from './entries.ts';
import { resolveReference, resolveReferences } from './resolve-reference.ts';

/**
 * Reads a collection of which the model keeps nothing. Azure refuses names given twice and references to nothing there as
 * anywhere else, and so they are reported.
 */
export function checkCollection(
  context: BuildContext,
  name: CollectionName,
  refer: (entry: Entry) => void = () => undefined,
): Collection<SubResource> {
  return buildCollection(context, name, (entry) => {
    refer(entry);
    return entry.common;
  });
}

/** What layer 4 refers to in the rest of the gateway. */
export type Layer4Targets = Readonly<
  Record<
    | 'backendAddressPools'
    | 'frontendIPConfigurations'
    | 'frontendPorts'
    | 'probes'
    | 'sslCertificates'
    | 'sslProfiles'
    | 'trustedRootCertificates',
    Collection<SubResource>
  >
>;

/**
 * TCP and TLS listeners with their rules and settings.
 * https://learn.microsoft.com/azure/application-gateway/tcp-tls-proxy-overview
 */
export function checkLayer4(context: BuildContext, targets: Layer4Targets): void {
  const settings = checkCollection(context, 'backendSettingsCollection', (entry) => {
    resolveReference(context, entry, 'probe', targets.probes);
    resolveReferences(context, entry, 'trustedRootCertificates', targets.trustedRootCertificates);
  });
  const listeners = checkCollection(context, 'listeners', (entry) => {
    resolveReference(context, entry, 'frontendIPConfiguration', targets.frontendIPConfigurations);
    resolveReference(context, entry, 'frontendPort', targets.frontendPorts);
    resolveReference(context, entry, 'sslCertificate', targets.sslCertificates);
    resolveReference(context, entry, 'sslProfile', targets.sslProfiles);
  });
  checkCollection(context, 'routingRules', (entry) => {
    resolveReference(context, entry, 'listener', listeners);
    resolveReference(context, entry, 'backendAddressPool', targets.backendAddressPools);
    resolveReference(context, entry, 'backendSettings', settings);
  });
}
