import { describe, expect, test } from 'vitest';
import { findGateways } from '../../../src/gateway/build/build-gateway.ts';
import { deploy } from '../../resources/deployed-resource.ts';
import { build, buildResource, gatewayProperties, gatewayType, ref } from './gateway-json.ts';

test('finds gateways by type, without regard to case', () => {
  const gateway = deploy({ type: 'microsoft.network/ApplicationGateways', name: 'gw' });
  expect(findGateways([deploy({ type: 'Microsoft.Network/publicIPAddresses', name: 'ip' }), gateway])).toEqual([
    gateway,
  ]);
});

test('resolves references to objects', () => {
  const { gateway, diagnostics } = build(gatewayProperties());
  const [rule] = gateway.requestRoutingRules;
  expect(diagnostics).toEqual([]);
  expect(rule?.httpListener).toBe(gateway.httpListeners[0]);
  expect(rule?.httpListener?.frontendPort).toBe(gateway.frontendPorts[0]);
  expect(rule?.urlPathMap).toBe(gateway.urlPathMaps[0]);
  expect(rule?.urlPathMap?.defaultTarget).toMatchObject({
    kind: 'backend',
    backendAddressPool: gateway.backendAddressPools[0],
    backendHttpSettings: gateway.backendHttpSettingsCollection[0],
  });
  expect(rule?.urlPathMap?.pathRules[0]?.target).toEqual({
    kind: 'redirect',
    redirectConfiguration: gateway.redirectConfigurations[0],
  });
  expect(gateway.backendHttpSettingsCollection[0]?.probe).toBe(gateway.probes[0]);
});

test('gives sub-resources their IDs and places', () => {
  const { gateway } = build(gatewayProperties());
  expect(gateway.frontendPorts[0]).toMatchObject(ref('frontendPorts', 'http'));
  expect(gateway.urlPathMaps[0]?.pathRules[0]?.id).toBe(`${ref('urlPathMaps', 'map').id}/pathRules/old`);
  expect(gateway.urlPathMaps[0]?.pathRules[0]?.origin.path).toBe('properties.urlPathMaps[0].properties.pathRules[0]');
});

test('a resource without properties is an empty gateway', () => {
  const { gateway, diagnostics } = buildResource(deploy({ type: gatewayType, name: 'gw' }));
  expect(diagnostics).toEqual([]);
  expect(gateway).toMatchObject({ name: 'gw', httpListeners: [], requestRoutingRules: [], notEmulated: [] });
});

describe('defaults', () => {
  test('of the gateway', () => {
    expect(build({}).gateway).toMatchObject({
      sku: { name: 'Standard_v2', generation: 'v2', capacity: null },
      enableHttp2: false,
      globalConfiguration: {
        enableRequestBuffering: true,
        enableResponseBuffering: true,
        disableDefaultServerHeaderInResponse: false,
      },
      sslPolicy: null,
      autoscale: null,
    });
  });

  // https://learn.microsoft.com/azure/application-gateway/application-gateway-probe-overview
  test('of a probe', () => {
    expect(build(gatewayProperties()).gateway.probes[0]).toMatchObject({
      protocol: 'Http',
      host: null,
      path: '/',
      intervalSeconds: 30,
      timeoutSeconds: 30,
      unhealthyThreshold: 3,
      minServers: 0,
      port: null,
      match: { statusCodes: [{ from: 200, to: 399 }], body: null },
    });
  });

  // https://learn.microsoft.com/azure/application-gateway/configuration-http-settings
  test.each([
    ['Standard_v2', 'ApplicationGatewayAffinity'],
    ['Standard_Medium', 'ARRAffinity'],
    ['WAF_Large', 'ARRAffinity'],
  ])('of backend settings on %s', (name, affinityCookieName) => {
    const { gateway } = build(gatewayProperties({ sku: { name } }));
    expect(gateway.backendHttpSettingsCollection[0]).toMatchObject({
      port: 80,
      protocol: 'Http',
      cookieBasedAffinity: false,
      affinityCookieName,
      requestTimeoutSeconds: 30,
      connectionDraining: { enabled: false, drainTimeoutSeconds: 1 },
      hostName: null,
      path: null,
      validateCertChainAndExpiry: true,
      validateSNI: true,
    });
  });

  test('of a listener, a redirect and a rule', () => {
    const properties = gatewayProperties({ requestRoutingRules: [{ name: 'rule', properties: {} }] });
    const { gateway } = build(properties);
    expect(gateway.httpListeners[0]).toMatchObject({ protocol: 'Http', hostNames: [], sslCertificate: null });
    expect(gateway.redirectConfigurations[0]).toMatchObject({ includePath: null, includeQueryString: null });
    expect(gateway.requestRoutingRules[0]).toMatchObject({
      ruleType: 'Basic',
      priority: null,
      httpListener: null,
      target: { kind: 'none' },
    });
  });
});

test.each([
  [{ name: 'Standard_v2', tier: 'Standard_v2' }, 'v2'],
  [{ name: 'WAF_v2', tier: 'WAF_v2' }, 'v2'],
  [{ name: 'Basic', tier: 'Basic' }, 'v2'],
  [{ name: 'Basic_WAF_v2', tier: 'Basic_WAF_v2' }, 'v2'],
  [{ name: 'Standard_Small', tier: 'Standard' }, 'v1'],
  [{ name: 'waf_medium' }, 'v1'],
  [{ tier: 'WAF' }, 'v1'],
])('the generation of %j is %s', (sku, generation) => expect(build({ sku }).gateway.sku.generation).toBe(generation));

test.each([
  [
    { minCapacity: 0, maxCapacity: 10 },
    { minCapacity: 0, maxCapacity: 10 },
  ],
  [{ minCapacity: 2 }, { minCapacity: 2, maxCapacity: null }],
  // Up to api-version 2018-07-01.
  [{ bounds: { min: 2, max: 4 } }, { minCapacity: 2, maxCapacity: 4 }],
])('autoscale %j', (autoscaleConfiguration, expected) => {
  expect(build({ autoscaleConfiguration }).gateway.autoscale).toEqual(expected);
});

test.each([
  [{ hostName: 'a' }, ['a']],
  [{ hostNames: ['a', '*.b'] }, ['a', '*.b']],
  // As api-version 2019-09-01 spelt it.
  [{ hostnames: ['a'] }, ['a']],
  [{ hostName: '', hostNames: [] }, []],
  [{ hostName: 'a', hostNames: [] }, ['a']],
  [{ hostName: null }, []],
])('host names of %j', (properties, expected) => {
  expect(build({ httpListeners: [{ name: 'a', properties }] }).gateway.httpListeners[0]?.hostNames).toEqual(expected);
});

test.each([
  [['200-399'], [{ from: 200, to: 399 }]],
  [
    ['200', ' 401 '],
    [
      { from: 200, to: 200 },
      { from: 401, to: 401 },
    ],
  ],
  [[200], [{ from: 200, to: 200 }]],
  [['200 - 204', 'any'], [{ from: 200, to: 204 }]],
  [[], [{ from: 200, to: 399 }]],
])('a probe matches %j', (statusCodes, expected) => {
  const probes = [{ name: 'a', properties: { match: { statusCodes } } }];
  expect(build({ probes }).gateway.probes[0]?.match.statusCodes).toEqual(expected);
});

test('pool members are told apart by what they are', () => {
  const backendAddresses = [
    { ipAddress: '10.0.0.4' },
    { fqdn: 'web.contoso.com' },
    { fqdn: '10.0.0.5' },
    { ipAddress: 'fd00::1' },
    {},
    { ipAddress: '' },
    { fqdn: null },
  ];
  const { gateway } = build({ backendAddressPools: [{ name: 'a', properties: { backendAddresses } }] });
  expect(gateway.backendAddressPools[0]?.members.map(({ address, kind }) => `${kind} ${address}`)).toEqual([
    'ipAddress 10.0.0.4',
    'fqdn web.contoso.com',
    'ipAddress 10.0.0.5',
    'ipAddress fd00::1',
  ]);
});

test('rewrite rules run by sequence, then as listed', () => {
  const rewriteRules = [
    { name: 'late', ruleSequence: 200 },
    { name: 'default' },
    { name: 'early', ruleSequence: 50 },
    { name: 'also early', ruleSequence: 50 },
  ];
  const { gateway } = build({ rewriteRuleSets: [{ name: 'a', properties: { rewriteRules } }] });
  expect(gateway.rewriteRuleSets[0]?.rewriteRules.map(({ name }) => name)).toEqual([
    'early',
    'also early',
    'default',
    'late',
  ]);
});

test('reads a rewrite rule', () => {
  const rule = {
    name: 'a',
    conditions: [{ variable: 'var_uri_path', pattern: '^/old', ignoreCase: true }],
    actionSet: {
      requestHeaderConfigurations: [{ headerName: 'X-A', headerValue: '{var_host}' }],
      responseHeaderConfigurations: [{ headerName: 'Set-Cookie', headerValueMatcher: { pattern: 'a=', negate: true } }],
      urlConfiguration: { modifiedPath: '/new', modifiedQueryString: '', reroute: true },
    },
  };
  const { gateway } = build({ rewriteRuleSets: [{ name: 'set', properties: { rewriteRules: [rule] } }] });
  expect(gateway.rewriteRuleSets[0]?.rewriteRules[0]).toMatchObject({
    conditions: [{ variable: 'var_uri_path', pattern: '^/old', ignoreCase: true, negate: false }],
    requestHeaders: [{ headerName: 'X-A', headerValue: '{var_host}', headerValueMatcher: null }],
    responseHeaders: [
      {
        headerName: 'Set-Cookie',
        headerValue: '',
        headerValueMatcher: { pattern: 'a=', ignoreCase: false, negate: true },
      },
    ],
    url: { modifiedPath: '/new', modifiedQueryString: '', reroute: true },
  });
});

test('a redirect comes before a backend', () => {
  const properties = gatewayProperties({
    requestRoutingRules: [
      {
        name: 'rule',
        properties: {
          ruleType: 'Basic',
          backendAddressPool: ref('backendAddressPools', 'web'),
          redirectConfiguration: ref('redirectConfigurations', 'away'),
        },
      },
    ],
  });
  expect(build(properties).gateway.requestRoutingRules[0]?.target.kind).toBe('redirect');
});

test('the public address brings its DNS name along', () => {
  const ip = deploy({
    type: 'Microsoft.Network/publicIPAddresses',
    name: 'ip',
    location: 'westeurope',
    properties: { dnsSettings: { domainNameLabel: 'shop' } },
  });
  expect(build(gatewayProperties(), [ip]).gateway.frontendIPConfigurations[0]).toMatchObject({
    visibility: 'public',
    fqdn: 'shop.westeurope.cloudapp.azure.com',
  });
});

test('custom error pages without a status are left out', () => {
  const customErrorConfigurations = [
    { statusCode: 'HttpStatus403', customErrorPageUrl: 'https://a/b.htm' },
    { statusCode: 'Teapot', customErrorPageUrl: 'https://a/c.htm' },
  ];
  expect(build({ customErrorConfigurations }).gateway.customErrorConfigurations).toMatchObject([
    { statusCode: 403, customErrorPageUrl: 'https://a/b.htm' },
  ]);
});

test.each([
  [{ firewallPolicy: { id: '/x' } }, ['firewallPolicy']],
  [{ httpListeners: [{ name: 'a', properties: { firewallPolicy: { id: '/x' } } }] }, ['firewallPolicy']],
  [{ webApplicationFirewallConfiguration: { enabled: true } }, ['webApplicationFirewallConfiguration']],
  [{ webApplicationFirewallConfiguration: { enabled: false } }, []],
  [{ listeners: [], routingRules: [] }, []],
  [{ listeners: [{ name: 'a' }] }, ['listeners']],
  [{ privateLinkConfigurations: [{ name: 'a' }] }, ['privateLinkConfigurations']],
  [{ sslCertificates: [{ name: 'a', properties: { hsm: { keyId: 'x' } } }] }, ['sslCertificates.hsm']],
  [{ sslPolicy: { policyType: 'Predefined' } }, []],
  [{ sslProfiles: [{ name: 'a', properties: { clientAuthConfiguration: {} } }] }, []],
  [{ sslProfiles: [{ name: 'a', properties: { clientAuthConfiguration: { verifyClientRevocation: 'OCSP' } } }] }, []],
  [{ enableFips: false }, []],
  [{ enableFips: true }, ['enableFips']],
])('%j is accepted, not emulated: %j', (properties, features) => {
  expect(build(properties).gateway.notEmulated.map(({ feature }) => feature)).toEqual(features);
});
