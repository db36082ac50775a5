import { readFileSync } from 'node:fs';
import { parse } from 'jsonc-parser';
import { expect, test } from 'vitest';
import { lintText } from './lint-text.ts';

/** What the gateway of the fixture has in place of its own listeners, rules, redirects and path maps. */
interface Parts {
  readonly listeners: Readonly<Record<string, object>>;
  readonly redirects: Readonly<Record<string, object>>;
  /** By the listener they are for. */
  readonly rules: Readonly<Record<string, object>>;
  readonly pathMap?: object;
  readonly advancedMap?: object;
}

const gatewayId = "resourceId('Microsoft.Network/applicationGateways', 'gw')";
const to = (collection: string, name: string) => ({ id: `[concat(${gatewayId}, '/${collection}/${name}')]` });
const redirect = (name: string) => ({ redirectConfiguration: to('redirectConfigurations', name) });
const backend = {
  backendAddressPool: to('backendAddressPools', 'web'),
  backendHttpSettings: to('backendHttpSettingsCollection', 'web'),
};
const byConditions = { ruleType: 'AdvancedRouting', advancedRoutingMap: to('advancedRoutingMaps', 'advanced') };
const conditionSet = (conditionType: string, propertyValues: readonly string[]) => ({
  name: conditionType,
  properties: {
    routingConditions: [
      { conditionType, ...(conditionType === 'Header' ? { propertyName: 'x-one' } : {}), propertyValues },
    ],
  },
});
const oldOnes = (conditionType: string, more: object) => [
  {
    name: 'old',
    properties: {
      priority: 10,
      advancedRoutingConditionSet: to('advancedRoutingConditionSets', conditionType),
      ...more,
    },
  },
];
const byPath = { ruleType: 'PathBasedRouting', urlPathMap: to('urlPathMaps', 'paths') };

function ringsIn({ listeners, redirects, rules, pathMap, advancedMap }: Parts): readonly string[] {
  const template = parse(readFileSync(new URL('../../fixtures/rules/redirect-loop/bad.json', import.meta.url), 'utf8'));
  const { properties } = template.resources[0];
  properties.frontendPorts.push({ name: 'https', properties: { port: 443 } });
  properties.sslCertificates = [
    { name: 'tls', properties: { keyVaultSecretId: 'https://v.vault.azure.net/secrets/s' } },
  ];
  properties.httpListeners = Object.entries(listeners).map(([name, more]) => {
    const isSecure = name.endsWith('https');
    const frontend = to('frontendIPConfigurations', 'public');
    const own = isSecure
      ? { protocol: 'Https', frontendPort: to('frontendPorts', 'https'), sslCertificate: to('sslCertificates', 'tls') }
      : { protocol: 'Http', frontendPort: to('frontendPorts', 'http') };
    return { name, properties: { frontendIPConfiguration: frontend, ...own, ...more } };
  });
  properties.redirectConfigurations = Object.entries(redirects).map(([name, more]) => ({
    name,
    properties: { redirectType: 'Found', includePath: true, includeQueryString: true, ...more },
  }));
  properties.requestRoutingRules = Object.entries(rules).map(([name, more], index) => ({
    name,
    properties: { ruleType: 'Basic', priority: 100 + 10 * index, httpListener: to('httpListeners', name), ...more },
  }));
  if (pathMap !== undefined) properties.urlPathMaps = [{ name: 'paths', properties: { ...backend, ...pathMap } }];
  if (advancedMap !== undefined) {
    template.resources[0].apiVersion = '2026-01-01';
    properties.advancedRoutingConditionSets = [conditionSet('Path', ['/old']), conditionSet('Header', ['one'])];
    properties.advancedRoutingMaps = [{ name: 'advanced', properties: advancedMap }];
  }
  const { found } = lintText(JSON.stringify(template));
  return found.filter(({ rule }) => rule === 'redirect-loop').map(({ message, path }) => `${path}: ${message}`);
}

const rule = (index: number) => `properties.requestRoutingRules[${index}].properties.redirectConfiguration`;
const toListener = (name: string) => ({ targetListener: to('httpListeners', name) });
const defaults = {
  defaultBackendAddressPool: backend.backendAddressPool,
  defaultBackendHttpSettings: backend.backendHttpSettings,
};
const oldPaths = (more: object) => [{ name: 'old', properties: { paths: ['/old/*'], ...more } }];
const named = { hostName: 'www.contoso.com' };

test.each<readonly [string, Parts, readonly string[]]>([
  [
    'HTTP to HTTPS and back',
    {
      listeners: { http: {}, https: {} },
      redirects: { up: toListener('https'), down: toListener('http') },
      rules: { http: redirect('up'), https: redirect('down') },
    },
    [`${rule(0)}: Rules 'http' → 'https' → 'http' redirect to each other: clients go round in circles.`],
  ],
  [
    'HTTP to HTTPS with servers',
    {
      listeners: { http: {}, https: {} },
      redirects: { up: toListener('https') },
      rules: { http: redirect('up'), https: backend },
    },
    [],
  ],
  [
    'a URL whose host is the own listener, in other letters',
    {
      listeners: { http: named },
      redirects: { away: { targetUrl: 'http://WWW.contoso.com/x' } },
      rules: { http: redirect('away') },
    },
    [`${rule(0)}: Rule 'http' redirects to its own listener 'http': clients go round in circles.`],
  ],
  [
    'a URL on another port, where nothing listens',
    {
      listeners: { http: named },
      redirects: { away: { targetUrl: 'http://www.contoso.com:81/' } },
      rules: { http: redirect('away') },
    },
    [],
  ],
  [
    'a URL with a name that only a wildcard covers, which may lead elsewhere',
    {
      listeners: { http: { hostNames: ['*.contoso.com'] } },
      redirects: { away: { targetUrl: 'http://www.contoso.com' } },
      rules: { http: redirect('away') },
    },
    [],
  ],
  [
    'the default of a path map',
    {
      listeners: { http: {} },
      redirects: { away: toListener('http') },
      rules: { http: byPath },
      pathMap: { defaultRedirectConfiguration: to('redirectConfigurations', 'away'), pathRules: oldPaths(backend) },
    },
    [
      "properties.urlPathMaps[0].properties.defaultRedirectConfiguration: The default of path map 'paths' redirects to listener 'http', and gets the request again: clients go round in circles.",
    ],
  ],
  [
    'a path rule that keeps the path',
    {
      listeners: { http: named },
      redirects: { away: toListener('http') },
      rules: { http: byPath },
      pathMap: { ...defaults, pathRules: oldPaths(redirect('away')) },
    },
    [
      "properties.urlPathMaps[0].properties.pathRules[0].properties.redirectConfiguration: Path rule 'old' of path map 'paths' redirects to listener 'http', and gets the request again: clients go round in circles.",
    ],
  ],
  [
    'a path rule that drops the path',
    {
      listeners: { http: {} },
      redirects: { away: { ...toListener('http'), includePath: false } },
      rules: { http: byPath },
      pathMap: { ...defaults, pathRules: oldPaths(redirect('away')) },
    },
    [],
  ],
  [
    'a path rule and the rule of another listener, by a path that grows',
    {
      listeners: { http: named, https: named },
      redirects: { up: toListener('https'), down: { targetUrl: 'http://www.contoso.com/old' } },
      rules: { http: byPath, https: redirect('down') },
      pathMap: { ...defaults, pathRules: oldPaths(redirect('up')) },
    },
    [
      "properties.urlPathMaps[0].properties.pathRules[0].properties.redirectConfiguration: Path rule 'old' of path map 'paths' → rule 'https' → path rule 'old' of path map 'paths' redirect to each other: clients go round in circles.",
    ],
  ],
  [
    'a rule of an advanced routing map, chosen by the path',
    {
      listeners: { http: named },
      redirects: { away: toListener('http') },
      rules: { http: byConditions },
      advancedMap: { ...defaults, advancedRoutingRules: oldOnes('Path', redirect('away')) },
    },
    [
      "properties.advancedRoutingMaps[0].properties.advancedRoutingRules[0].properties.redirectConfiguration: Rule 'old' of advanced routing map 'advanced' redirects to listener 'http', and gets the request again: clients go round in circles.",
    ],
  ],
  [
    'the default of an advanced routing map',
    {
      listeners: { http: named },
      redirects: { away: toListener('http') },
      rules: { http: byConditions },
      advancedMap: {
        defaultRedirectConfiguration: to('redirectConfigurations', 'away'),
        advancedRoutingRules: oldOnes('Path', backend),
      },
    },
    [
      "properties.advancedRoutingMaps[0].properties.defaultRedirectConfiguration: The default of advanced routing map 'advanced' redirects to listener 'http', and gets the request again: clients go round in circles.",
    ],
  ],
  [
    'an advanced routing map that asks for a header, which a request may have or not',
    {
      listeners: { http: named },
      redirects: { away: toListener('http') },
      rules: { http: byConditions },
      advancedMap: {
        defaultRedirectConfiguration: to('redirectConfigurations', 'away'),
        advancedRoutingRules: oldOnes('Header', backend),
      },
    },
    [],
  ],
])('%s', (_, parts, expected) => {
  expect(ringsIn(parts)).toEqual(expected);
});
