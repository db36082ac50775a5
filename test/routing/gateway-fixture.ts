import type {
  AdvancedRoutingMap,
  AdvancedRoutingRule,
  BackendAddress,
  BackendAddressPool,
  BackendHttpSettings,
  CustomErrorConfiguration,
  Gateway,
  HeaderAction,
  HttpListener,
  LoadDistributionPolicy,
  Origin,
  Probe,
  RedirectConfiguration,
  RequestRoutingRule,
  RewriteRule,
  RewriteRuleSet,
  RouteTarget,
  RoutingCondition,
  SslProfile,
  SubResource,
  TrustedClientCertificate,
  UrlPathMap,
} from '../../src/gateway/model.ts';

import type {
  AdvancedSpec,
  ConditionSpec,
  GatewaySpec,
  HeaderSpec,
  PathSpec,
  RedirectSpec,
  RewriteSpec,
  RuleSpec,
  TargetSpec,
} from './gateway-spec.ts';

export type {
  GatewaySpec,
  HeaderSpec,
  ListenerSpec,
  LoadDistributionSpec,
  PathSpec,
  RedirectSpec,
  RewriteSpec,
  RuleSpec,
  TargetSpec,
} from './gateway-spec.ts';

const origin: Origin = { span: undefined, path: '' };

export function makeGateway(spec: GatewaySpec): Gateway {
  return new GatewayMaker(spec).make();
}

/** Makes each part once, however often it is named. */
class GatewayMaker {
  readonly #spec: GatewaySpec;
  readonly #parts = new Map<string, Map<string, unknown>>();

  constructor(spec: GatewaySpec) {
    this.#spec = spec;
  }

  make(): Gateway {
    const generation = this.#spec.generation ?? 'v2';
    for (const { name } of this.#spec.listeners ?? []) this.#listener(name);
    for (const name of Object.keys(this.#spec.pools ?? {})) this.#pool(name);
    for (const name of Object.keys(this.#spec.rewrites ?? {})) this.#rewriteSet(name);
    const requestRoutingRules = (this.#spec.rules ?? []).map((rule, index) => this.#rule(rule, index));
    return {
      id: 'gateway',
      name: 'gateway',
      location: 'westeurope',
      apiVersion: '2024-05-01',
      sku:
        generation === 'v1'
          ? { name: 'Standard_Medium', tier: 'Standard', generation, capacity: 2 }
          : { name: 'Standard_v2', tier: 'Standard_v2', generation, capacity: 2 },
      zones: [],
      autoscale: null,
      enableHttp2: this.#spec.enableHttp2 ?? false,
      globalConfiguration: {
        enableRequestBuffering: true,
        enableResponseBuffering: true,
        disableDefaultServerHeaderInResponse: this.#spec.disableDefaultServerHeaderInResponse ?? false,
      },
      sslPolicy: null,
      customErrorConfigurations: errorPages(this.#spec.errorPages),
      firewallPolicyId: null,
      frontendIPConfigurations: this.#all('frontendIPConfigurations'),
      frontendPorts: this.#all('frontendPorts'),
      sslCertificates: this.#all('sslCertificates'),
      authenticationCertificates: [],
      trustedRootCertificates: [],
      trustedClientCertificates: this.#all('trustedClientCertificates'),
      sslProfiles: this.#all('sslProfiles'),
      httpListeners: this.#all('httpListeners'),
      backendAddressPools: this.#all('backendAddressPools'),
      backendHttpSettingsCollection: this.#all('backendHttpSettingsCollection'),
      probes: this.#all<Probe>('probes'),
      redirectConfigurations: this.#all('redirectConfigurations'),
      rewriteRuleSets: this.#all('rewriteRuleSets'),
      loadDistributionPolicies: this.#all('loadDistributionPolicies'),
      urlPathMaps: this.#all('urlPathMaps'),
      advancedRoutingConditionSets: this.#all('advancedRoutingConditionSets'),
      advancedRoutingMaps: this.#all('advancedRoutingMaps'),
      requestRoutingRules,
      notEmulated: [],
      origin,
    };
  }

  #all<T>(collection: string): T[] {
    return [...(this.#parts.get(collection)?.values() ?? [])] as T[];
  }

  #once<T extends object>(collection: string, name: string, make: () => T): T & SubResource {
    const parts = this.#parts.get(collection) ?? new Map<string, unknown>();
    this.#parts.set(collection, parts);
    const existing = parts.get(name);
    if (existing !== undefined) return existing as T & SubResource;
    const made = { id: `gateway/${collection}/${name}`, name, origin, ...make() };
    parts.set(name, made);
    return made;
  }

  #listener(name: string): HttpListener {
    const spec = this.#spec.listeners?.find((listener) => listener.name === name) ?? { name };
    const protocol = spec.protocol ?? 'Http';
    const port = spec.port ?? (protocol === 'Https' ? 443 : 80);
    return this.#once('httpListeners', name, () => ({
      frontendIPConfiguration: this.#once('frontendIPConfigurations', spec.frontendIP ?? 'public', () => ({
        visibility: spec.frontendIP === 'private' ? ('private' as const) : ('public' as const),
        publicIPAddressId: null,
        subnetId: null,
        privateIPAddress: null,
        fqdn: null,
      })),
      frontendPort: this.#once('frontendPorts', `port-${port}`, () => ({ port })),
      protocol,
      hostNames: spec.hosts ?? [],
      requireServerNameIndication: protocol === 'Https' && (spec.hosts ?? []).length > 0,
      sslCertificate:
        protocol === 'Http'
          ? null
          : this.#once('sslCertificates', 'certificate', () => ({
              data: null,
              password: null,
              keyVaultSecretId: null,
            })),
      sslProfile: spec.clientCertificates === undefined ? null : this.#sslProfile(name, spec.clientCertificates),
      firewallPolicyId: null,
      customErrorConfigurations: errorPages(spec.errorPages),
    }));
  }

  #sslProfile(listenerName: string, verifyClientAuthMode: 'Strict' | 'Passthrough'): SslProfile {
    return this.#once('sslProfiles', `${listenerName}-profile`, () => ({
      sslPolicy: null,
      trustedClientCertificates: [this.#clientAuthority()],
      verifyClientCertIssuerDN: false,
      verifyClientRevocation: 'None' as const,
      verifyClientAuthMode,
    }));
  }

  #clientAuthority(): TrustedClientCertificate {
    return this.#once('trustedClientCertificates', 'ca', () => ({ data: this.#spec.clientAuthority ?? null }));
  }

  #pool(name: string): BackendAddressPool {
    return this.#once('backendAddressPools', name, () => {
      const ownAddress = `10.0.${this.#parts.get('backendAddressPools')?.size ?? 0}.4`;
      return { members: (this.#spec.pools?.[name] ?? [ownAddress]).map(makeMember) };
    });
  }

  #settings(name: string): BackendHttpSettings {
    return this.#once('backendHttpSettingsCollection', name, () => ({
      port: 80,
      protocol: 'Http' as const,
      cookieBasedAffinity: false,
      affinityCookieName: 'ApplicationGatewayAffinity',
      requestTimeoutSeconds: 20,
      connectionDraining: { enabled: false, drainTimeoutSeconds: 30 },
      hostName: null,
      pickHostNameFromBackendAddress: false,
      path: null,
      probe: null,
      authenticationCertificates: [],
      trustedRootCertificates: [],
      dedicatedBackendConnection: false,
      validateCertChainAndExpiry: true,
      validateSNI: true,
      sniName: null,
      ...this.#spec.settings?.[name],
    }));
  }

  #target(spec: TargetSpec, redirectName: string): RouteTarget {
    if (spec.redirect !== undefined) {
      return { kind: 'redirect', redirectConfiguration: this.#redirect(redirectName, spec.redirect) };
    }
    if (spec.pool === undefined && spec.loadDistribution === undefined) return { kind: 'none' };
    return {
      kind: 'backend',
      backendAddressPool: spec.pool === undefined ? null : this.#pool(spec.pool),
      backendHttpSettings: this.#settings(spec.settings ?? 'settings'),
      loadDistributionPolicy:
        spec.loadDistribution === undefined ? null : this.#loadDistribution(spec.loadDistribution),
      rewriteRuleSet: spec.rewrites === undefined ? null : this.#rewriteSet(spec.rewrites),
    };
  }

  #redirect(name: string, { to, type, path, query }: RedirectSpec): RedirectConfiguration {
    return this.#once('redirectConfigurations', name, () => ({
      redirectType: type ?? 'Permanent',
      target: to.includes(':')
        ? { kind: 'url' as const, url: to }
        : { kind: 'listener' as const, listener: this.#listener(to) },
      includePath: path ?? null,
      includeQueryString: query ?? null,
    }));
  }

  #loadDistribution(name: string): LoadDistributionPolicy {
    const spec = this.#spec.loadDistribution?.[name];
    return this.#once('loadDistributionPolicies', name, () => ({
      algorithm: spec?.algorithm ?? ('RoundRobin' as const),
      targets: (spec?.targets ?? []).map(({ pool, weight }) => ({
        name: pool,
        weightPerServer: weight,
        backendAddressPool: this.#pool(pool),
      })),
    }));
  }

  #rewriteSet(name: string): RewriteRuleSet {
    const rules = (this.#spec.rewrites?.[name] ?? []).map(makeRewriteRule);
    return this.#once('rewriteRuleSets', name, () => ({
      rewriteRules: rules.sort((a, b) => a.ruleSequence - b.ruleSequence),
    }));
  }

  #rule(spec: RuleSpec, index: number): RequestRoutingRule {
    const name = spec.name ?? `rule${index + 1}`;
    const target = this.#target(spec, `${name}-redirect`);
    const ruleType = ruleTypeOf(spec);
    return this.#once('requestRoutingRules', name, () => ({
      ruleType,
      priority: spec.priority === undefined ? (index + 1) * 10 : spec.priority,
      httpListener: this.#listener(spec.listener ?? this.#spec.listeners?.[0]?.name ?? 'listener'),
      target: ruleType === 'Basic' ? target : { kind: 'none' as const },
      urlPathMap: spec.paths === undefined ? null : this.#pathMap(spec.pathMap ?? `${name}-paths`, spec.paths, target),
      advancedRoutingMap: spec.advanced === undefined ? null : this.#advancedMap(`${name}-map`, spec.advanced, target),
    }));
  }

  #advancedMap(mapName: string, specs: readonly AdvancedSpec[], defaultTarget: RouteTarget): AdvancedRoutingMap {
    return this.#once('advancedRoutingMaps', mapName, () => ({
      defaultTarget,
      advancedRoutingRules: specs
        .map((spec, index) => this.#advancedRule(mapName, spec, index))
        .sort((a, b) => (a.priority ?? 99_999) - (b.priority ?? 99_999)),
    }));
  }

  #advancedRule(mapName: string, spec: AdvancedSpec, index: number): AdvancedRoutingRule {
    const { name, when } = spec;
    return this.#once(`advancedRoutingMaps/${mapName}/advancedRoutingRules`, name, () => ({
      priority: spec.priority === undefined ? (index + 1) * 10 : spec.priority,
      conditionSet:
        when === undefined
          ? null
          : this.#once('advancedRoutingConditionSets', `${name}-conditions`, () => ({
              routingConditions: when.map(makeCondition),
            })),
      target: this.#target(spec, `${name}-redirect`),
    }));
  }

  #pathMap(mapName: string, paths: readonly PathSpec[], defaultTarget: RouteTarget): UrlPathMap {
    return this.#once('urlPathMaps', mapName, () => ({
      defaultTarget,
      pathRules: paths.map((path, index) => {
        const name = path.name ?? `path${index + 1}`;
        return this.#once(`urlPathMaps/${mapName}/pathRules`, name, () => ({
          paths: path.paths,
          target: this.#target(path, `${mapName}-${name}-redirect`),
          firewallPolicyId: null,
        }));
      }),
    }));
  }
}

function ruleTypeOf({ paths, advanced }: RuleSpec): RequestRoutingRule['ruleType'] {
  if (advanced !== undefined) return 'AdvancedRouting';
  return paths === undefined ? 'Basic' : 'PathBasedRouting';
}

function makeCondition([conditionType, propertyName, expected]: ConditionSpec): RoutingCondition {
  const isMatcher = 'pattern' in expected;
  return {
    conditionType,
    propertyName,
    propertyValues: isMatcher ? [] : expected,
    propertyValueMatcher: isMatcher ? { ignoreCase: false, negate: false, ...expected } : null,
    origin,
  };
}

function makeMember(address: string): BackendAddress {
  const isAddress = /^[\d.]+$/.test(address) || address.includes(':');
  return { address, kind: isAddress ? 'ipAddress' : 'fqdn', joinedBy: 'backendAddresses', origin };
}

function makeRewriteRule(spec: RewriteSpec, index: number): RewriteRule {
  const hasUrl = spec.path !== undefined || spec.query !== undefined;
  return {
    name: spec.name ?? `rewrite${index + 1}`,
    ruleSequence: spec.sequence ?? 100 + index,
    conditions: (spec.when ?? []).map(({ variable, pattern, ignoreCase = false, negate = false }) => ({
      variable,
      pattern,
      ignoreCase,
      negate,
      origin,
    })),
    requestHeaders: (spec.request ?? []).map(makeHeaderAction),
    responseHeaders: (spec.response ?? []).map(makeHeaderAction),
    url: hasUrl
      ? {
          modifiedPath: spec.path ?? null,
          modifiedQueryString: spec.query ?? null,
          reroute: spec.reroute ?? false,
          origin,
        }
      : null,
    origin,
  };
}

function makeHeaderAction([headerName, headerValue, matcher]: HeaderSpec): HeaderAction {
  const headerValueMatcher =
    matcher === undefined
      ? null
      : { pattern: matcher.pattern, ignoreCase: matcher.ignoreCase ?? false, negate: matcher.negate ?? false };
  return { headerName, headerValue, headerValueMatcher, origin };
}

function errorPages(pages: Readonly<Record<number, string>> = {}): CustomErrorConfiguration[] {
  return Object.entries(pages).map(([statusCode, customErrorPageUrl]) => ({
    statusCode: Number(statusCode),
    customErrorPageUrl,
    origin,
  }));
}
