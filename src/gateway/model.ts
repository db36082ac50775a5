import type { Span } from '../base/span.ts';

/**
 * The application gateway that a template describes: Azure's objects, immutable, with defaults filled in and references
 * resolved to objects. Nothing that comes after it (lint, routing, runtime) reads template JSON.
 *
 * Names of types and members are those of `Microsoft.Network/applicationGateways`, with the `properties` envelope taken
 * off. Where a reference names nothing the member is `null`; the builder has then reported it.
 * https://learn.microsoft.com/azure/templates/microsoft.network/applicationgateways
 */
export interface Gateway {
  readonly id: string;
  readonly name: string;
  readonly location: string | null;
  /** The api-version the resource is written for; decides on defaults, such as that of the TLS policy. */
  readonly apiVersion: string | null;
  readonly sku: Sku;
  readonly zones: readonly string[];
  readonly autoscale: { readonly minCapacity: number; readonly maxCapacity: number | null } | null;
  readonly enableHttp2: boolean;
  readonly globalConfiguration: GlobalConfiguration;
  /** TLS policy of all listeners without one of their own; null takes Azure's default for the api-version. */
  readonly sslPolicy: SslPolicy | null;
  readonly customErrorConfigurations: readonly CustomErrorConfiguration[];
  /** ID of a WAF policy. */
  readonly firewallPolicyId: string | null;

  readonly frontendIPConfigurations: readonly FrontendIPConfiguration[];
  readonly frontendPorts: readonly FrontendPort[];
  readonly sslCertificates: readonly SslCertificate[];
  readonly authenticationCertificates: readonly AuthenticationCertificate[];
  readonly trustedRootCertificates: readonly TrustedRootCertificate[];
  readonly trustedClientCertificates: readonly TrustedClientCertificate[];
  readonly sslProfiles: readonly SslProfile[];
  readonly httpListeners: readonly HttpListener[];
  readonly backendAddressPools: readonly BackendAddressPool[];
  readonly backendHttpSettingsCollection: readonly BackendHttpSettings[];
  readonly probes: readonly Probe[];
  readonly redirectConfigurations: readonly RedirectConfiguration[];
  readonly rewriteRuleSets: readonly RewriteRuleSet[];
  readonly loadDistributionPolicies: readonly LoadDistributionPolicy[];
  readonly urlPathMaps: readonly UrlPathMap[];
  readonly advancedRoutingConditionSets: readonly AdvancedRoutingConditionSet[];
  readonly advancedRoutingMaps: readonly AdvancedRoutingMap[];
  readonly requestRoutingRules: readonly RequestRoutingRule[];

  /** What the template uses and Agate accepts without emulating it; named at start-up and refused with `--strict`. */
  readonly notEmulated: readonly NotEmulated[];
  readonly origin: Origin;
}

/** Where an object stands: its place in the user's text, if it has one, and its path inside the resource. */
export interface Origin {
  readonly span: Span | undefined;
  /** As `properties.httpListeners[0]`. */
  readonly path: string;
}

/** What all sub-resources of a gateway have. */
export interface SubResource {
  /** `<gateway>/<collection>/<name>`. */
  readonly id: string;
  readonly name: string;
  readonly origin: Origin;
}

export interface Sku {
  readonly name: string;
  readonly tier: string;
  /** v1 (`Standard_Medium`, `WAF_Large` …) and v2 behave differently throughout. */
  readonly generation: 'v1' | 'v2';
  /** Number of instances; null when it scales by itself. */
  readonly capacity: number | null;
}

export interface GlobalConfiguration {
  /** Collect the request body before sending it on. Default true. */
  readonly enableRequestBuffering: boolean;
  /** Collect the response before sending it on. Default true. */
  readonly enableResponseBuffering: boolean;
  /** Leave the gateway's own `Server` header out of its answers. Default false. */
  readonly disableDefaultServerHeaderInResponse: boolean;
}

export interface SslPolicy {
  readonly policyType: 'Predefined' | 'Custom' | 'CustomV2' | null;
  readonly policyName: string | null;
  readonly minProtocolVersion: string | null;
  readonly cipherSuites: readonly string[];
  readonly disabledSslProtocols: readonly string[];
  readonly origin: Origin;
}

export interface CustomErrorConfiguration {
  /** 403 for `HttpStatus403`. */
  readonly statusCode: number;
  readonly customErrorPageUrl: string;
  readonly origin: Origin;
}

export interface FrontendIPConfiguration extends SubResource {
  readonly visibility: 'public' | 'private';
  readonly publicIPAddressId: string | null;
  readonly subnetId: string | null;
  readonly privateIPAddress: string | null;
  /** Public address and DNS name where the template itself tells them. */
  readonly fqdn: string | null;
}

export interface FrontendPort extends SubResource {
  readonly port: number;
}

export interface SslCertificate extends SubResource {
  /** Base64 of a PFX; a secret, never to be printed. */
  readonly data: string | null;
  readonly password: string | null;
  readonly keyVaultSecretId: string | null;
  /** Set when the template's value is one of Agate's, for a parameter that nobody gave one. */
  readonly isStandIn?: true;
}

export interface AuthenticationCertificate extends SubResource {
  /** Base64 of the backend's own certificate. */
  readonly data: string | null;
}

export interface TrustedRootCertificate extends SubResource {
  readonly data: string | null;
  readonly keyVaultSecretId: string | null;
}

export interface TrustedClientCertificate extends SubResource {
  readonly data: string | null;
}

export interface SslProfile extends SubResource {
  readonly sslPolicy: SslPolicy | null;
  readonly trustedClientCertificates: readonly TrustedClientCertificate[];
  readonly verifyClientCertIssuerDN: boolean;
  readonly verifyClientRevocation: 'None' | 'OCSP';
  readonly verifyClientAuthMode: 'Strict' | 'Passthrough';
}

export interface HttpListener extends SubResource {
  readonly frontendIPConfiguration: FrontendIPConfiguration | null;
  readonly frontendPort: FrontendPort | null;
  readonly protocol: 'Http' | 'Https';
  /**
   * The names it answers to, of `hostName` or `hostNames`, as written. Empty for a basic listener, which takes every
   * name.
   */
  readonly hostNames: readonly string[];
  readonly requireServerNameIndication: boolean;
  readonly sslCertificate: SslCertificate | null;
  readonly sslProfile: SslProfile | null;
  readonly firewallPolicyId: string | null;
  /** When there are any, those of the gateway do not apply. */
  readonly customErrorConfigurations: readonly CustomErrorConfiguration[];
}

export interface BackendAddressPool extends SubResource {
  readonly members: readonly BackendAddress[];
}

/** A member of a pool. */
export interface BackendAddress {
  /** IP address or FQDN as written. */
  readonly address: string;
  readonly kind: 'ipAddress' | 'fqdn';
  /** Whether it is listed in the pool or joined it by the IP configuration of a network interface or scale set. */
  readonly joinedBy: 'backendAddresses' | 'networkInterface' | 'virtualMachineScaleSet';
  readonly origin: Origin;
}

export interface BackendHttpSettings extends SubResource {
  readonly port: number;
  readonly protocol: 'Http' | 'Https';
  readonly cookieBasedAffinity: boolean;
  /** `ApplicationGatewayAffinity` unless set (v1: `ARRAffinity`). */
  readonly affinityCookieName: string;
  readonly requestTimeoutSeconds: number;
  readonly connectionDraining: { readonly enabled: boolean; readonly drainTimeoutSeconds: number };
  /** Host header sent to the backend. */
  readonly hostName: string | null;
  readonly pickHostNameFromBackendAddress: boolean;
  /** Override path; null or empty leaves the path alone. */
  readonly path: string | null;
  /** null stands for the default probe. */
  readonly probe: Probe | null;
  readonly authenticationCertificates: readonly AuthenticationCertificate[];
  readonly trustedRootCertificates: readonly TrustedRootCertificate[];
  readonly dedicatedBackendConnection: boolean;
  readonly validateCertChainAndExpiry: boolean;
  readonly validateSNI: boolean;
  readonly sniName: string | null;
}

export interface Probe extends SubResource {
  readonly protocol: 'Http' | 'Https' | 'Tcp' | 'Tls';
  readonly host: string | null;
  readonly pickHostNameFromBackendHttpSettings: boolean;
  readonly path: string;
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  /** Failures in a row after which a server is unhealthy. */
  readonly unhealthyThreshold: number;
  readonly minServers: number;
  /** null takes that of the backend settings. */
  readonly port: number | null;
  readonly match: ProbeMatch;
}

export interface ProbeMatch {
  /** Inclusive ranges; 200–399 unless set. */
  readonly statusCodes: readonly { readonly from: number; readonly to: number }[];
  /** Text that the body must contain; null asks for nothing. */
  readonly body: string | null;
}

export type RedirectType = 'Permanent' | 'Found' | 'SeeOther' | 'Temporary';

export interface RedirectConfiguration extends SubResource {
  readonly redirectType: RedirectType;
  readonly target: RedirectTarget | null;
  /** null when it is not written; the documents name no default. */
  readonly includePath: boolean | null;
  /** As `includePath`. */
  readonly includeQueryString: boolean | null;
}

export type RedirectTarget =
  | { readonly kind: 'listener'; readonly listener: HttpListener }
  | { readonly kind: 'url'; readonly url: string };

export interface RewriteRuleSet extends SubResource {
  /** In the order in which they run: by `ruleSequence`, then as listed. */
  readonly rewriteRules: readonly RewriteRule[];
}

export interface RewriteRule {
  readonly name: string;
  readonly ruleSequence: number;
  /** All have to hold. */
  readonly conditions: readonly RewriteCondition[];
  readonly requestHeaders: readonly HeaderAction[];
  readonly responseHeaders: readonly HeaderAction[];
  readonly url: UrlAction | null;
  readonly origin: Origin;
}

export interface RewriteCondition {
  /** `var_uri_path`, `http_req_Name`, `http_resp_Name`. */
  readonly variable: string;
  readonly pattern: string;
  readonly ignoreCase: boolean;
  readonly negate: boolean;
  readonly origin: Origin;
}

export interface HeaderAction {
  readonly headerName: string;
  /** With `{var_…}`, `{http_req_…}` and `{http_resp_…}` in it. Empty deletes the header. */
  readonly headerValue: string;
  /** Picks which of several `Set-Cookie` lines is meant. */
  readonly headerValueMatcher: ValueMatcher | null;
  readonly origin: Origin;
}

/** A regular expression that a text has to match, or with `negate` must not. */
export interface ValueMatcher {
  readonly pattern: string;
  readonly ignoreCase: boolean;
  readonly negate: boolean;
}

export interface UrlAction {
  /** null keeps the path. */
  readonly modifiedPath: string | null;
  /** null keeps the query; an empty one removes it. */
  readonly modifiedQueryString: string | null;
  /** Look the new path up in the path map again. */
  readonly reroute: boolean;
  readonly origin: Origin;
}

export interface LoadDistributionPolicy extends SubResource {
  readonly algorithm: 'RoundRobin' | 'LeastConnections' | 'IpHash';
  readonly targets: readonly {
    readonly name: string;
    readonly weightPerServer: number;
    readonly backendAddressPool: BackendAddressPool | null;
  }[];
}

/** Where a rule, a rule of a map or a map's default sends a request. */
export type RouteTarget =
  | {
      readonly kind: 'backend';
      readonly backendAddressPool: BackendAddressPool | null;
      readonly backendHttpSettings: BackendHttpSettings | null;
      /** Takes the place of the pool. */
      readonly loadDistributionPolicy: LoadDistributionPolicy | null;
      readonly rewriteRuleSet: RewriteRuleSet | null;
    }
  | { readonly kind: 'redirect'; readonly redirectConfiguration: RedirectConfiguration }
  /** Nothing, or nothing that exists: such a request is answered by the gateway itself. */
  | { readonly kind: 'none' };

export interface UrlPathMap extends SubResource {
  readonly defaultTarget: RouteTarget;
  /** As listed, which is the order in which they are tried. */
  readonly pathRules: readonly PathRule[];
}

export interface PathRule extends SubResource {
  readonly paths: readonly string[];
  readonly target: RouteTarget;
  readonly firewallPolicyId: string | null;
}

/** New in api-version 2026-01-01. */
export interface AdvancedRoutingMap extends SubResource {
  readonly defaultTarget: RouteTarget;
  /** In the order in which they are tried: by priority, then as listed. */
  readonly advancedRoutingRules: readonly AdvancedRoutingRule[];
}

export interface AdvancedRoutingRule extends SubResource {
  /** 1 is looked at first; null when it is not written. */
  readonly priority: number | null;
  /** null takes every request. */
  readonly conditionSet: AdvancedRoutingConditionSet | null;
  readonly target: RouteTarget;
}

export interface AdvancedRoutingConditionSet extends SubResource {
  /** All have to hold. */
  readonly routingConditions: readonly RoutingCondition[];
}

export interface RoutingCondition {
  /** null when what is written is none; such a condition never holds. */
  readonly conditionType: RoutingConditionType | null;
  /** Name of the header or query parameter; null for the other types. */
  readonly propertyName: string | null;
  /** One of them has to be there; empty when there is a matcher. */
  readonly propertyValues: readonly string[];
  readonly propertyValueMatcher: ValueMatcher | null;
  readonly origin: Origin;
}

export type RoutingConditionType = 'Header' | 'QueryString' | 'Path' | 'ClientIP' | 'Method';

export interface RequestRoutingRule extends SubResource {
  readonly ruleType: 'Basic' | 'PathBasedRouting' | 'AdvancedRouting';
  /** 1 is looked at first; null in templates from before it was required, and on v1. */
  readonly priority: number | null;
  readonly httpListener: HttpListener | null;
  /** Of a Basic rule; `none` for the other types. */
  readonly target: RouteTarget;
  /** Of a PathBasedRouting rule. */
  readonly urlPathMap: UrlPathMap | null;
  /** Of an AdvancedRouting rule. */
  readonly advancedRoutingMap: AdvancedRoutingMap | null;
}

/** A feature that the template uses and Agate does not act on. */
export interface NotEmulated {
  /** The property's name in Azure, as `privateLinkConfigurations`. */
  readonly feature: string;
  /** What differs because of it. */
  readonly consequence: string;
  readonly origin: Origin;
}
