/** How far Agate goes with a feature of the application gateway. */
export type SupportState = 'emulated' | 'partly' | 'not emulated';

export interface SupportedFeature {
  /** The property's name in Azure, or for what no single property stands for, the feature's. */
  readonly feature: string;
  readonly state: SupportState;
  /** What that means for somebody who relies on the feature. */
  readonly consequence: string;
}

/** Features that a template can ask for and that Agate accepts without acting on them, or not fully. */
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
    feature: 'advancedRoutingMaps',
    state: 'not emulated',
    consequence: 'Rules of type AdvancedRouting route nothing.',
  },
  {
    feature: 'advancedRoutingConditionSets',
    state: 'not emulated',
    consequence: 'Conditions of advanced routing are not evaluated.',
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

/** What the emulator does, for the table in the documentation. */
export const emulatedFeatures: readonly SupportedFeature[] = [];

/** The whole table. */
export const supportedFeatures: readonly SupportedFeature[] = [...emulatedFeatures, ...notEmulatedFeatures];
