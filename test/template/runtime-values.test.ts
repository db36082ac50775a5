import { describe, expect, test } from 'vitest';
import { CaseInsensitiveMap } from '../../src/base/case-insensitive-map.ts';
import { fromJson, toJson } from '../../src/template/value.ts';
import { evaluate, summaries } from './evaluate.ts';

/** Evaluates expressions against resources of the same template. */
function read(resources: readonly object[], expression: string, input: Parameters<typeof evaluate>[1] = {}) {
  const evaluated = evaluate({ resources, outputs: { r: { type: 'object', value: { v: expression } } } }, input);
  const output = evaluated.outputs['r'] as { v?: unknown } | undefined;
  return { value: output?.v, diagnostics: evaluated.diagnostics, errors: evaluated.errors };
}

const resource = (type: string, name: string, properties: object = {}, more: object = {}) => ({
  type,
  apiVersion: '2023-09-01',
  name,
  location: 'West US 2',
  properties,
  ...more,
});

const pip = 'Microsoft.Network/publicIPAddresses';

describe('reference() of a resource of the template answers what Azure would', () => {
  test.each([
    // https://learn.microsoft.com/azure/virtual-network/ip-services/public-ip-addresses#dns-name-label
    [
      resource(pip, 'r', { dnsSettings: { domainNameLabel: 'shop' } }),
      "[reference('r').dnsSettings.fqdn]",
      'shop.westus2.cloudapp.azure.com',
    ],
    [resource(pip, 'r', { publicIPAllocationMethod: 'Static' }), "[reference('r').publicIPAllocationMethod]", 'Static'],
    [resource(pip, 'r'), "[reference('r').provisioningState]", 'Succeeded'],
    [resource(pip, 'r'), "[reference('r', '2023-09-01', 'Full').location]", 'West US 2'],
    [resource(pip, 'r'), "[reference('r', '2023-09-01', 'full').resourceId]", 'Microsoft.Network/publicIPAddresses/r'],
    [resource(pip, 'r'), "[reference('r', '2023-09-01', 'Full').properties.provisioningState]", 'Succeeded'],
    [
      resource(pip, 'r', {}, { tags: { a: '1' } }),
      `[reference(resourceId('${pip}', 'R'), '2023-09-01', 'Full').tags.a]`,
      '1',
    ],
    [resource(pip, 'r'), `[reference('${pip}/r').provisioningState]`, 'Succeeded'],
    [
      resource('Microsoft.Network/virtualNetworks', 'r', { subnets: [{ name: 's' }] }),
      "[last(split(reference('r').subnets[0].id, '/'))]",
      's',
    ],
    [
      resource('Microsoft.Network/networkInterfaces', 'r', {
        ipConfigurations: [{ name: 'c', properties: { subnet: {}, privateIPAddress: '10.1.0.9' } }],
      }),
      "[reference('r').ipConfigurations[0].properties.privateIPAddress]",
      '10.1.0.9',
    ],
    [
      resource('Microsoft.Network/applicationGateways', 'r', { frontendPorts: [{ name: 'p' }] }),
      "[last(split(reference('r').frontendPorts[0].id, 'applicationGateways/'))]",
      'r/frontendPorts/p',
    ],
    [
      resource('Microsoft.Network/trafficManagerProfiles', 'r', { dnsConfig: { relativeName: 'tm' } }),
      "[reference('r').dnsConfig.fqdn]",
      'tm.trafficmanager.net',
    ],
    [resource('Microsoft.Web/sites', 'Shop'), "[reference('Shop').defaultHostName]", 'shop.azurewebsites.net'],
    [
      resource('Microsoft.Web/sites', 'r', { hostingEnvironmentProfile: { id: '/x/ase1' } }),
      "[reference('r').defaultHostName]",
      'r.ase1.appserviceenvironment.net',
    ],
    [
      resource('Microsoft.Web/sites/slots', 'r/blue'),
      "[reference('r/blue').defaultHostName]",
      'r-blue.azurewebsites.net',
    ],
    [
      resource('Microsoft.ContainerInstance/containerGroups', 'r', { ipAddress: { dnsNameLabel: 'cg' } }),
      "[reference('r').ipAddress.fqdn]",
      'cg.westus2.azurecontainer.io',
    ],
    [
      resource('Microsoft.Storage/storageAccounts', 'r'),
      "[reference('r').primaryEndpoints.blob]",
      'https://r.blob.core.windows.net/',
    ],
    [resource('Microsoft.KeyVault/vaults', 'r'), "[reference('r').vaultUri]", 'https://r.vault.azure.net/'],
    [
      resource('Microsoft.KeyVault/vaults/secrets', 'r/cert'),
      "[reference('r/cert').secretUri]",
      'https://r.vault.azure.net/secrets/cert',
    ],
    [resource('Microsoft.ContainerRegistry/registries', 'R'), "[reference('R').loginServer]", 'r.azurecr.io'],
    [resource('Microsoft.Sql/servers', 'r'), "[reference('r').fullyQualifiedDomainName]", 'r.database.windows.net'],
    [resource('Microsoft.Cache/redis', 'r'), "[reference('r').sslPort]", 6380],
    [resource('Microsoft.ApiManagement/service', 'r'), "[reference('r').gatewayUrl]", 'https://r.azure-api.net'],
    [
      resource('Microsoft.ServiceBus/namespaces', 'r'),
      "[reference('r').serviceBusEndpoint]",
      'https://r.servicebus.windows.net:443/',
    ],
    [
      resource('Microsoft.ContainerService/managedClusters', 'r'),
      "[reference('r').nodeResourceGroup]",
      'MC_agate_r_westus2',
    ],
    [
      resource('Microsoft.CognitiveServices/accounts', 'r', { customSubDomainName: 'c' }),
      "[reference('r').endpoint]",
      'https://c.cognitiveservices.azure.com/',
    ],
    [resource('Microsoft.Cdn/profiles/endpoints', 'r/e'), "[reference('r/e').hostName]", 'e.azureedge.net'],
  ])('%j %s', (declared, expression, expected) => {
    const { value, diagnostics } = read([declared], expression);
    expect(diagnostics).toEqual([]);
    expect(value).toEqual(expected);
  });

  test.each([
    [resource(pip, 'r'), "[reference('r').ipAddress]", /^203\.0\.113\.\d+$/],
    [
      resource('Microsoft.Network/networkInterfaces', 'r', {
        ipConfigurations: [{ name: 'c', properties: { subnet: {} } }],
      }),
      "[reference('r').ipConfigurations[0].properties.privateIPAddress]",
      /^10\.0\.0\.\d+$/,
    ],
    [
      resource('Microsoft.ManagedIdentity/userAssignedIdentities', 'r'),
      "[reference('r').principalId]",
      /^[0-9a-f]{8}-[0-9a-f]{4}-4/,
    ],
    [
      resource('Microsoft.Web/sites', 'r', {}, { identity: { type: 'SystemAssigned' } }),
      "[reference('r', '2023-01-01', 'Full').identity.principalId]",
      /^[0-9a-f-]{36}$/,
    ],
    [
      resource('Microsoft.ContainerService/managedClusters', 'r'),
      "[reference('r').identityProfile.kubeletidentity.objectId]",
      /^[0-9a-f-]{36}$/,
    ],
    [
      resource('Microsoft.App/containerApps', 'r', { configuration: { ingress: { external: true } } }),
      "[reference('r').configuration.ingress.fqdn]",
      /^r\.environment\.westus2\.azurecontainerapps\.io$/,
    ],
  ])('%j %s is made up, the same in every run', (declared, expression, pattern) => {
    const { value, diagnostics } = read([declared], expression);
    expect(value).toMatch(pattern);
    expect(value).toBe(read([declared], expression).value);
    const found = diagnostics.map(({ code, severity }) => [code, severity]);
    expect(found.length === 0 || found[0]?.[0] === 'AGW1062').toBe(true);
    expect(diagnostics.every(({ severity }) => severity === 'info')).toBe(true);
  });

  test('says once what it assumes', () => {
    const { diagnostics } = read([resource(pip, 'r')], "[concat(reference('r').ipAddress, reference('r').ipAddress)]");
    expect(summaries(diagnostics)).toEqual([
      expect.stringMatching(
        /^\d+:\d+ info AGW1062 Azure assigns 'ipAddress' of what reference\('\/subscriptions\/[^']*\/publicIPAddresses\/r'\) answers when it deploys; Agate takes '203\.0\.113\.\d+'\.$/,
      ),
    ]);
    expect(diagnostics[0]?.hint).toMatch(
      /^Give it in agate\.yaml: references: \{ "\/subscriptions\/[^"]*": \{ ipAddress: … \} \}\.$/,
    );
  });

  test('a public IP address without a DNS label has no dnsSettings, in Azure as here', () => {
    expect(read([resource(pip, 'r')], "[reference('r').dnsSettings.fqdn]").errors[0]).toContain(
      "The language expression property 'dnsSettings' doesn't exist, available properties are",
    );
  });

  test('null members of the declaration are not there', () => {
    expect(read([resource(pip, 'r', { a: '[null()]', b: 1 })], "[contains(reference('r'), 'a')]").value).toBe(false);
  });
});

describe('what nobody can know', () => {
  const id = '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/agate/providers/A.B/c/hub';
  const expression = "[reference(resourceId('A.B/c', 'hub'), '2023-09-01').endpoint.ipAddress]";

  test('is a finding that says how to supply it, and the rest goes on', () => {
    const { bodies, diagnostics } = evaluate({ resources: [resource('A.B/d', 'r', { x: expression, y: 1 })] });
    expect(bodies[0]).toMatchObject({ properties: { y: 1 } });
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]).toMatchObject({
      code: 'AGW1060',
      severity: 'warning',
      path: 'properties.x',
      hint: `Give it in agate.yaml: references: { "${id}": { endpoint: … } }.`,
    });
    expect(diagnostics[0]?.message).toContain(
      `'endpoint.ipAddress' of what reference('${id}') answers is not known here: the template does not deploy that resource. Left out: properties.x.`.replace(
        ' Left',
        "' Left",
      ),
    );
  });

  test.each([
    [expression, /^203\.0\.113\.\d+$/],
    [expression.replace('ipAddress', 'fqdn'), /^hub\.westeurope\.cloudapp\.azure\.com$/],
    [expression.replace('ipAddress', 'other'), /^other$/],
    [expression.replace('ipAddress', 'clientId'), /^[0-9a-f-]{36}$/],
  ])('%s has a stable placeholder when that is wanted', (text, pattern) => {
    const { value, diagnostics } = read([], text, { placeholders: true });
    expect(value).toMatch(pattern);
    expect(diagnostics.map(({ code, severity }) => [code, severity])).toEqual([['AGW1061', 'info']]);
    expect(read([], text, { placeholders: true }).value).toBe(value);
  });

  test('is what the user says it is, by ID, type and name, or name', () => {
    for (const key of [id, id.toUpperCase(), 'A.B/c/hub']) {
      const references = new CaseInsensitiveMap([[key, fromJson({ endpoint: { ipAddress: '10.9.9.9' } })]]);
      expect(read([], expression, { references })).toMatchObject({ value: '10.9.9.9', diagnostics: [] });
    }
  });

  test('a whole resource given with its properties answers Full too', () => {
    const references = new CaseInsensitiveMap([[id, fromJson({ location: 'northeurope', properties: { a: 1 } })]]);
    const full = "[reference(resourceId('A.B/c', 'hub'), '2023-09-01', 'Full').location]";
    expect(read([], full, { references }).value).toBe('northeurope');
  });

  test('what the user says wins over what is computed', () => {
    const references = new CaseInsensitiveMap([['r', fromJson({ ipAddress: '192.0.2.1' })]]);
    expect(read([resource(pip, 'r')], "[reference('r').ipAddress]", { references })).toMatchObject({
      value: '192.0.2.1',
      diagnostics: [],
    });
  });

  test.each(['reference', 'listKeys'])('%s() of a resource with a false condition fails', (name) => {
    const off = resource(pip, 'r', {}, { condition: false });
    const { diagnostics, value } = read([off], `[${name}('r', '2023-01-01')]`);
    expect(value).toBeUndefined();
    expect(diagnostics).toMatchObject([
      {
        code: 'AGW1063',
        severity: 'error',
        azureCode: 'ResourceNotFound',
        message: expect.stringMatching(/fails unless the resource exists already: its condition is false/),
        related: [{ message: 'Its condition.' }],
      },
    ]);
  });

  test('a false condition does no harm where the state is not read, or is told', () => {
    const off = resource(pip, 'r', {}, { condition: false });
    expect(read([off], "[if(equals(1, 2), reference('r').ipAddress, 'none')]")).toMatchObject({
      value: 'none',
      diagnostics: [],
    });
    const references = new CaseInsensitiveMap([['r', fromJson({ ipAddress: '192.0.2.1' })]]);
    expect(read([off], "[reference('r').ipAddress]", { references })).toMatchObject({
      value: '192.0.2.1',
      diagnostics: [],
    });
  });

  test('a condition that nobody told what it depends on is not held against the template', () => {
    const off = resource(pip, 'r', {}, { condition: "[equals(parameters('mode'), 'new')]" });
    const { diagnostics } = evaluate(
      {
        parameters: { mode: { type: 'string' } },
        resources: [off],
        outputs: { o: { type: 'string', value: "[reference('r').ipAddress]" } },
      },
      { standIns: true, placeholders: true },
    );
    expect(diagnostics.map(({ code }) => code)).toEqual(['AGW1014', 'AGW1061']);
  });

  test('where guesses are welcome, the state of a resource with a false condition is one, and said to be wrong', () => {
    const off = resource(pip, 'r', {}, { condition: false });
    const { diagnostics, value } = read([off], "[reference('r').ipAddress]", { placeholders: true });
    expect(diagnostics.map(({ code }) => code)).toEqual(['AGW1063', 'AGW1061']);
    expect(value).toEqual(expect.any(String));
  });
});

describe('list functions', () => {
  const storage = resource('Microsoft.Storage/storageAccounts', 's');
  test('answer secrets of the documented shape', () => {
    const evaluated = evaluate({
      resources: [storage],
      outputs: { k: { type: 'string', value: "[concat('key=', listKeys('s', '2023-01-01').keys[0].value)]" } },
    });
    const key = evaluated.outputValues.get('k');
    expect(key?.secret).toBe(true);
    expect(key && toJson(key, { redact: true })).toBe('[redacted]');
    expect(evaluated.diagnostics.map(({ code, message }) => [code, message.includes('a made-up secret')])).toEqual([
      ['AGW1062', true],
    ]);
  });

  // https://learn.microsoft.com/rest/api/storagerp/storage-accounts/list-keys: the array came with version 2016-01-01.
  test.each(['2015-05-01-preview', '2015-06-15'])('of version %s answer the old shape', (version) => {
    expect(read([storage], `[empty(listKeys('s', '${version}').key1)]`)).toMatchObject({ value: false, errors: [] });
  });

  test('of version 2016-01-01 answer an array', () => {
    expect(read([storage], "[length(listKeys('s', '2016-01-01').keys)]")).toMatchObject({ value: 2, errors: [] });
  });

  test('answer what the user says', () => {
    const references = new CaseInsensitiveMap([['A.B/c/x', fromJson({ listSecrets: { token: 't' } })]]);
    expect(read([], "[listSecrets(resourceId('A.B/c', 'x'), '2020-01-01').token]", { references }).value).toBe('t');
  });

  test('that nobody knows are a finding', () => {
    const [found] = read([], "[listThings(resourceId('A.B/c', 'x'), '2020-01-01').token]").diagnostics;
    expect(found).toMatchObject({ code: 'AGW1060' });
    expect(found?.hint).toContain('{ listThings: { token: … } }');
  });
});

describe('symbolic names', () => {
  const template = (value: unknown) => ({
    languageVersion: '2.0',
    resources: {
      pips: {
        ...resource(pip, "[concat('p', copyIndex())]", { i: '[copyIndex()]' }),
        copy: { name: 'pips', count: 3 },
        condition: '[not(equals(copyIndex(), 1))]',
      },
      'vnet::subnet': {
        ...resource('Microsoft.Network/virtualNetworks/subnets', 'v/s', { addressPrefix: '10.0.0.0/24' }),
      },
      old: { existing: true, type: 'Microsoft.Storage/storageAccounts', apiVersion: '2023-01-01', name: 'acct' },
    },
    outputs: { r: { type: 'object', value: { v: value } } },
  });
  test.each([
    ["[reference('pips[2]').i]", 2],
    ["[map(references('pips'), lambda('p', lambdaVariables('p').i))]", [0, 2]],
    ["[references('pips', 'Full')[1].name]", 'p2'],
    ["[reference('vnet::subnet').addressPrefix]", '10.0.0.0/24'],
    ["[reference('old').primaryEndpoints.blob]", 'https://acct.blob.core.windows.net/'],
    ["[resourceInfo('vnet::subnet').name]", 's'],
    ["[resourceInfo('old').type]", 'Microsoft.Storage/storageAccounts'],
  ])('%s', (expression, expected) => {
    const { outputs, errors, resources } = evaluate(template(expression));
    expect(errors).toEqual([]);
    expect((outputs['r'] as { v: unknown }).v).toEqual(expected);
    expect(resources.map(({ name, symbolicName }) => [name, symbolicName])).toEqual([
      ['p0', 'pips'],
      ['p2', 'pips'],
      ['v/s', 'vnet::subnet'],
    ]);
  });

  test('unknown ones are refused', () => {
    expect(evaluate(template("[reference('nope').x]")).errors[0]).toContain(
      "The template reference 'nope' is not valid: could not find template resource or resource copy with this name.",
    );
  });
});
