import type { AuthenticationCertificate, BackendHttpSettings, Probe, TrustedRootCertificate } from '../model.ts';
import type { BuildContext } from './build-context.ts';
import type { Collection } from './collections.ts';
import type { Entry } from './entries.ts';
import { resolveReference, resolveReferences } from './resolve-reference.ts';

/** The collections that backend settings refer to. */
export interface SettingsTargets {
  readonly probes: Collection<Probe>;
  readonly authenticationCertificates: Collection<AuthenticationCertificate>;
  readonly trustedRootCertificates: Collection<TrustedRootCertificate>;
}

/** Defaults: https://learn.microsoft.com/azure/application-gateway/configuration-http-settings */
export function buildBackendHttpSettings(
  context: BuildContext,
  entry: Entry,
  targets: SettingsTargets,
): BackendHttpSettings {
  const { properties } = entry;
  const draining = properties.object('connectionDraining');
  return {
    ...entry.common,
    // Azure treats a missing port as 0, and refuses it.
    port: properties.integer('port') ?? 0,
    protocol: properties.oneOf('protocol', ['Http', 'Https']) ?? 'Http',
    cookieBasedAffinity: properties.oneOf('cookieBasedAffinity', ['Enabled', 'Disabled']) === 'Enabled',
    affinityCookieName: properties.text('affinityCookieName') ?? defaultAffinityCookie[context.generation],
    requestTimeoutSeconds: properties.integer('requestTimeout') ?? 30,
    connectionDraining: {
      enabled: draining.boolean('enabled') ?? false,
      drainTimeoutSeconds: draining.integer('drainTimeoutInSec') ?? 1,
    },
    hostName: properties.text('hostName'),
    pickHostNameFromBackendAddress: properties.boolean('pickHostNameFromBackendAddress') ?? false,
    path: properties.text('path'),
    probe: resolveReference(context, entry, 'probe', targets.probes),
    ...trustOf(context, entry, targets),
    dedicatedBackendConnection: properties.boolean('dedicatedBackendConnection') ?? false,
  };
}

// https://learn.microsoft.com/azure/application-gateway/configuration-http-settings#cookie-based-affinity
const defaultAffinityCookie = { v1: 'ARRAffinity', v2: 'ApplicationGatewayAffinity' } as const;

type Trust = Pick<
  BackendHttpSettings,
  'authenticationCertificates' | 'trustedRootCertificates' | 'validateCertChainAndExpiry' | 'validateSNI' | 'sniName'
>;

/** What makes the gateway trust a server over HTTPS. */
function trustOf(context: BuildContext, entry: Entry, targets: SettingsTargets): Trust {
  const { authenticationCertificates, trustedRootCertificates } = targets;
  return {
    authenticationCertificates: resolveReferences(
      context,
      entry,
      'authenticationCertificates',
      authenticationCertificates,
    ),
    trustedRootCertificates: resolveReferences(context, entry, 'trustedRootCertificates', trustedRootCertificates),
    validateCertChainAndExpiry: entry.properties.boolean('validateCertChainAndExpiry') ?? true,
    validateSNI: entry.properties.boolean('validateSNI') ?? true,
    sniName: entry.properties.text('sniName'),
  };
}
