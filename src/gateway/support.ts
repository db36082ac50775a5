/** How far Agate goes with a feature of the application gateway. */
export type SupportState = 'emulated' | 'partly' | 'not emulated';

export interface SupportedFeature {
  /** The property's name in Azure, or for what no single property stands for, the feature's. */
  readonly feature: string;
  readonly state: SupportState;
  /** What that means for somebody who relies on the feature. */
  readonly consequence: string;
}

/**
 * Features that a template can ask for and that Agate accepts without acting on them. A gateway that uses one says so
 * when it starts, and is refused with `--strict`.
 */
export const notEmulatedFeatures = [
  {
    feature: 'firewallPolicy',
    state: 'not emulated',
    consequence: 'Requests are not inspected: what the WAF policy would block is let through.',
  },
  {
    feature: 'webApplicationFirewallConfiguration',
    state: 'not emulated',
    consequence: 'Requests are not inspected: what the web application firewall would block is let through.',
  },
  {
    feature: 'listeners',
    state: 'not emulated',
    consequence: 'Layer-4 listeners (TCP and TLS) are not opened.',
  },
  {
    feature: 'backendSettingsCollection',
    state: 'not emulated',
    consequence: 'Settings of layer-4 backends have no effect.',
  },
  {
    feature: 'routingRules',
    state: 'not emulated',
    consequence: 'Layer-4 rules have no effect.',
  },
  {
    feature: 'privateLinkConfigurations',
    state: 'not emulated',
    consequence: 'There are no private endpoints; clients reach the gateway by its frontends only.',
  },
  {
    feature: 'entraJWTValidationConfigs',
    state: 'not emulated',
    consequence: 'Tokens are not validated: requests that Azure would answer with 401 or 403 reach the backend.',
  },
  {
    feature: 'authConfigs',
    state: 'not emulated',
    consequence: 'Users are not asked to sign in: unauthenticated requests reach the backend.',
  },
  {
    feature: 'sslCertificates.hsm',
    state: 'not emulated',
    consequence: 'A certificate of a managed HSM is replaced by one of the local certificate authority.',
  },
  {
    feature: 'enableFips',
    state: 'not emulated',
    consequence: 'TLS uses the cryptography of Node.js, which is not validated for FIPS 140.',
  },
] as const satisfies readonly SupportedFeature[];

/** The names of the features above. */
export type NotEmulatedFeature = (typeof notEmulatedFeatures)[number]['feature'];

/** Features that need no word at start-up: Agate acts on them, or what differs shows by itself. */
const otherFeatures: readonly SupportedFeature[] = [
  {
    feature: 'httpListeners',
    state: 'emulated',
    consequence:
      'One local port for each frontend IP configuration and port; host names and wildcards choose among them.',
  },
  {
    feature: 'requestRoutingRules',
    state: 'emulated',
    consequence: 'Types Basic, PathBasedRouting and AdvancedRouting, by priority.',
  },
  { feature: 'urlPathMaps', state: 'emulated', consequence: 'Path rules are tried as Azure tries them.' },
  {
    feature: 'advancedRoutingMaps',
    state: 'emulated',
    consequence: 'By header, query string, path, client address and method; what is documented is little.',
  },
  { feature: 'redirectConfigurations', state: 'emulated', consequence: 'To listeners and to URLs.' },
  {
    feature: 'rewriteRuleSets',
    state: 'emulated',
    consequence:
      'Headers, path and query, with conditions, server variables and reroute; patterns have the syntax of RE2.',
  },
  {
    feature: 'backendAddressPools',
    state: 'emulated',
    consequence: 'Members are stand-in servers, mapped addresses, or the addresses in the template.',
  },
  {
    feature: 'backendHttpSettingsCollection',
    state: 'emulated',
    consequence:
      'All of them; connections to servers are shared between clients unless dedicatedBackendConnection is set.',
  },
  { feature: 'probes', state: 'partly', consequence: 'HTTP and HTTPS; probes of layer-4 backends are not sent.' },
  {
    feature: 'loadDistributionPolicies',
    state: 'emulated',
    consequence: 'RoundRobin with weights, LeastConnections and IpHash.',
  },
  {
    feature: 'customErrorConfigurations',
    state: 'emulated',
    consequence: 'Pages are fetched when the gateway starts or changes, or read from files named in agate.yaml.',
  },
  {
    feature: 'globalConfiguration',
    state: 'emulated',
    consequence: "Request and response buffering, and the Server header of the gateway's own answers.",
  },
  {
    feature: 'sslCertificates',
    state: 'emulated',
    consequence:
      'PFX files in the template are shown as they are; for Key Vault secrets stand files that agate.yaml names, or a certificate of a local authority.',
  },
  {
    feature: 'sslPolicy',
    state: 'emulated',
    consequence: 'Protocol versions and cipher suites of each policy, but for suites that OpenSSL no longer offers.',
  },
  {
    feature: 'sslProfiles',
    state: 'emulated',
    consequence:
      'TLS policies of listeners; client certificates in modes Strict and Passthrough, their revocation by OCSP.',
  },
  { feature: 'enableHttp2', state: 'emulated', consequence: 'HTTP/2 for clients over TLS, HTTP/1.1 for backends.' },
  {
    feature: 'autoscaleConfiguration',
    state: 'not emulated',
    consequence: 'There is one instance; capacity, scaling and zones change nothing.',
  },
];

/** The whole table, by the name of the feature. */
export const supportedFeatures: readonly SupportedFeature[] = [...otherFeatures, ...notEmulatedFeatures].sort((a, b) =>
  a.feature < b.feature ? -1 : 1,
);
