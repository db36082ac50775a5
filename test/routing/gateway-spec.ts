import type {
  BackendHttpSettings,
  LoadDistributionPolicy,
  RedirectType,
  RoutingConditionType,
  SubResource,
  ValueMatcher,
} from '../../src/gateway/model.ts';

/**
 * A gateway in a few words, for tests: what is named but not described is made with Azure's defaults.
 *
 * `makeGateway({ rules: [{ pool: 'web' }] })` is a gateway with one listener on port 80 for every host name, one Basic
 * rule, and a pool of one server.
 */
export interface GatewaySpec {
  readonly generation?: 'v1' | 'v2';
  readonly listeners?: readonly ListenerSpec[];
  readonly rules?: readonly RuleSpec[];
  /** Addresses by pool; a pool that is not here gets one address of its own. */
  readonly pools?: Readonly<Record<string, readonly string[]>>;
  readonly settings?: Readonly<Record<string, Partial<Omit<BackendHttpSettings, keyof SubResource>>>>;
  readonly rewrites?: Readonly<Record<string, readonly RewriteSpec[]>>;
  readonly loadDistribution?: Readonly<Record<string, LoadDistributionSpec>>;
  readonly errorPages?: Readonly<Record<number, string>>;
  /** PEM of the authority of client certificates. */
  readonly clientAuthority?: string;
  readonly enableHttp2?: boolean;
  readonly disableDefaultServerHeaderInResponse?: boolean;
}

export interface ListenerSpec {
  readonly name: string;
  readonly hosts?: readonly string[];
  readonly port?: number;
  readonly protocol?: 'Http' | 'Https';
  readonly frontendIP?: string;
  readonly errorPages?: Readonly<Record<number, string>>;
  /** Gives it a TLS profile that asks for client certificates. */
  readonly clientCertificates?: 'Strict' | 'Passthrough';
}

export interface TargetSpec {
  readonly pool?: string;
  readonly settings?: string;
  readonly rewrites?: string;
  readonly redirect?: RedirectSpec;
  readonly loadDistribution?: string;
}

export interface RedirectSpec {
  /** A listener's name or a URL. */
  readonly to: string;
  readonly type?: RedirectType;
  readonly path?: boolean;
  readonly query?: boolean;
}

/** A condition of an advanced routing rule, as `['Header', 'X-Beta', ['on']]` or `['Path', null, { pattern: '^/a' }]`. */
export type ConditionSpec = readonly [
  type: RoutingConditionType,
  name: string | null,
  expected: readonly string[] | (Pick<ValueMatcher, 'pattern'> & Partial<ValueMatcher>),
];

export interface AdvancedSpec extends TargetSpec {
  readonly name: string;
  /** Ten, twenty and so on as listed when left out. */
  readonly priority?: number | null;
  /** Left out there is no condition set. */
  readonly when?: readonly ConditionSpec[];
}

export interface RuleSpec extends TargetSpec {
  /** Makes it a rule of type AdvancedRouting. */
  readonly advanced?: readonly AdvancedSpec[];
  readonly name?: string;
  /** The first listener when left out. */
  readonly listener?: string;
  /** Ten, twenty and so on as listed when left out; null for none. */
  readonly priority?: number | null;
  /** Makes it a path-based rule; the rule's own target is then the map's default. */
  readonly paths?: readonly PathSpec[];
  /** Name of its path map; rules that name the same one share it. */
  readonly pathMap?: string;
}

export interface PathSpec extends TargetSpec {
  readonly name?: string;
  readonly paths: readonly string[];
}

export interface RewriteSpec {
  readonly name?: string;
  readonly sequence?: number;
  readonly when?: readonly {
    readonly variable: string;
    readonly pattern: string;
    readonly ignoreCase?: boolean;
    readonly negate?: boolean;
  }[];
  /** Header lines: name and value; an empty value deletes. */
  readonly request?: readonly HeaderSpec[];
  readonly response?: readonly HeaderSpec[];
  readonly path?: string;
  readonly query?: string;
  readonly reroute?: boolean;
}

export type HeaderSpec = readonly [
  name: string,
  value: string,
  matcher?: { readonly pattern: string; readonly ignoreCase?: boolean; readonly negate?: boolean },
];

export interface LoadDistributionSpec {
  readonly algorithm?: LoadDistributionPolicy['algorithm'];
  readonly targets: readonly { readonly pool: string; readonly weight: number }[];
}
