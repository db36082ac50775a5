import { describe, expect, test } from 'vitest';
import { validateResource } from '../../src/resources/validate-resource.ts';
import { markMadeUp } from '../../src/template/runtime-values/made-up.ts';
import { stringValue } from '../../src/template/value.ts';
import { deploy, deployText } from './deployed-resource.ts';

const gatewayType = 'Microsoft.Network/applicationGateways';

interface Expected {
  readonly rule: string;
  readonly path: string;
  readonly message: string;
}

/** Validates a gateway with some `properties` and gives rule, path and message of each finding. */
function findingsOf(properties: object, apiVersion: string | undefined = '2024-05-01'): Expected[] {
  const version = apiVersion === '' ? {} : { apiVersion };
  const findings = validateResource(deploy({ type: gatewayType, name: 'gw', ...version, properties }));
  return findings.map(({ rule, path, message }) => ({ rule, path: path ?? '', message }));
}

const severitiesOf = (properties: object, apiVersion: string) =>
  validateResource(deploy({ type: gatewayType, name: 'gw', apiVersion, properties })).map(
    ({ rule, severity }) => `${severity} ${rule}`,
  );

const listener = (properties: object) => ({ httpListeners: [{ name: 'a', properties }] });

test('a gateway as it should be has no findings', () => {
  const properties = {
    sku: { name: 'Standard_v2', tier: 'Standard_v2', capacity: 2 },
    frontendPorts: [{ name: 'http', properties: { port: 80 } }],
    ...listener({ protocol: 'Http', frontendPort: { id: '/x' }, hostNames: ['*.contoso.com'] }),
  };
  expect(findingsOf(properties)).toEqual([]);
});

describe('unknown properties', () => {
  test('are errors with Azure’s message and the nearest name', () => {
    const properties = listener({ protocl: 'Http' });
    const gateway = deploy({ type: gatewayType, name: 'gw', apiVersion: '2024-05-01', properties });
    const path = 'properties.httpListeners[0].properties.protocl';
    expect(validateResource(gateway)).toMatchObject([
      {
        rule: 'unknown-property',
        path,
        message: "'protocl' is not a property of 'properties.httpListeners[0].properties'. Did you mean 'protocol'?",
        azureMessage: `Could not find member 'protocl' on object of type '…'. Path '${path}'.`,
      },
    ]);
  });

  test.each([
    // https://github.com/pulumi/pulumi-azure-native/issues/4165
    [
      'beside the envelope',
      { sslCertificates: [{ name: 'a', data: 'x', properties: {} }] },
      "It belongs inside 'properties'",
    ],
    ['inside the envelope', { zones: ['1'] }, "It belongs beside 'properties'"],
    ['of a reference', listener({ frontendPort: { id: '/x', nam: 'a' } }), "'nam' is not a property of"],
  ])('%s', (_, properties, hint) => {
    expect(findingsOf(properties)).toEqual([
      { rule: 'unknown-property', path: expect.any(String), message: expect.stringContaining(hint) },
    ]);
  });

  test('are looked for in the resource itself', () => {
    const findings = validateResource(
      deploy({ type: gatewayType, name: 'gw', sku: {}, dependsOn: [], properties: {} }),
    );
    expect(findings.map(({ path }) => path)).toEqual(['sku']);
  });
});

describe('what only answers of Azure have is accepted', () => {
  test.each([
    ['back references', { frontendPorts: [{ name: 'a', properties: { httpListeners: [{ id: '/x' }] } }] }],
    ['an undocumented flag', listener({ enableHttp3: false })],
    [
      'states and tags',
      { provisioningState: 'Succeeded', frontendPorts: [{ name: 'a', etag: 'W/"1"', type: 't', id: '/x' }] },
    ],
    ['states newer than the api-version', listener({ provisioningState: 'Creating' })],
  ])('%s', (_, properties) => expect(findingsOf(properties, '2018-10-01')).toEqual([]));
});

describe('letter case is forgiven with a hint', () => {
  test('in names and in values', () => {
    expect(findingsOf(listener({ Protocol: 'HTTP', FrontendPort: { Id: '/x' } }))).toEqual([
      {
        rule: 'letter-case',
        path: 'properties.httpListeners[0].properties.protocol',
        message: "'Protocol' is spelt 'protocol'; Azure takes both.",
      },
      {
        rule: 'letter-case',
        path: 'properties.httpListeners[0].properties.protocol',
        message: "'HTTP' is spelt 'Http'; Azure takes both.",
      },
      {
        rule: 'letter-case',
        path: 'properties.httpListeners[0].properties.frontendPort',
        message: "'FrontendPort' is spelt 'frontendPort'; Azure takes both.",
      },
      {
        rule: 'letter-case',
        path: 'properties.httpListeners[0].properties.frontendPort.id',
        message: "'Id' is spelt 'id'; Azure takes both.",
      },
    ]);
  });

  test('and does not hide what is wrong below', () => {
    const rules = findingsOf({ FrontendPorts: [{ name: 'a', properties: { Port: [] } }] }).map(({ rule }) => rule);
    expect(rules).toEqual(['letter-case', 'letter-case', 'wrong-type']);
  });
});

describe('api-versions', () => {
  // First versions: the types of each api-version in https://github.com/Azure/bicep-types-az
  test.each([
    [
      listener({ hostNames: ['a'] }),
      '2018-10-01',
      "'hostNames' arrived in api-version 2019-09-01; this resource is written for 2018-10-01.",
    ],
    [
      { rewriteRuleSets: [{ name: 'a', properties: {} }] },
      '2018-08-01',
      "'rewriteRuleSets' arrived in api-version 2018-10-01; this resource is written for 2018-08-01.",
    ],
    [
      { globalConfiguration: { enableRequestBuffering: true } },
      '2020-11-01',
      "'globalConfiguration' arrived in api-version 2021-03-01; this resource is written for 2020-11-01.",
    ],
  ])('a property newer than the api-version: %j at %s', (properties, apiVersion, message) => {
    expect(findingsOf(properties, apiVersion)).toEqual([
      { rule: 'property-newer-than-api-version', path: expect.any(String), message },
    ]);
  });

  test('a value newer than the api-version', () => {
    expect(findingsOf({ sslPolicy: { policyType: 'CustomV2' } }, '2021-08-01')).toEqual([
      {
        rule: 'value-newer-than-api-version',
        path: 'properties.sslPolicy.policyType',
        message:
          "'policyType' is 'CustomV2', which arrived in api-version 2022-01-01; this resource is written for 2021-08-01.",
      },
    ]);
  });

  test('a property and a value that have gone', () => {
    const properties = {
      autoscaleConfiguration: { minCapacity: 0, bounds: { min: 0, max: 2 } },
      customErrorConfigurations: [{ statusCode: 'HttpStatus499', customErrorPageUrl: 'https://x/y.htm' }],
    };
    expect(findingsOf(properties).map(({ rule, path }) => [rule, path])).toEqual([
      ['property-older-than-api-version', 'properties.autoscaleConfiguration.bounds'],
      ['value-older-than-api-version', 'properties.customErrorConfigurations[0].statusCode'],
    ]);
  });

  test('bounds are what api-version 2018-04-01 wants, and minCapacity cannot be missing from it', () => {
    expect(findingsOf({ autoscaleConfiguration: { bounds: { min: 2, max: 3 } } }, '2018-04-01')).toEqual([]);
  });

  test('missing: the newest counts', () => {
    expect(findingsOf({ reservedCapacity: 1 }, '')).toEqual([]);
  });

  test('newer than all that are known: the newest counts, and that is told', () => {
    expect(findingsOf({ reservedCapacity: 1 }, '2099-01-01')).toEqual([
      {
        rule: 'later-api-version',
        path: 'apiVersion',
        message:
          "Agate does not know api-version '2099-01-01' of 'Microsoft.Network/applicationGateways' and checks by '2026-01-01', the newest that it knows.",
      },
    ]);
  });

  // https://github.com/Azure/azure-cli/issues/12456
  test('one that Azure takes and whose types were never published counts as the next one', () => {
    expect(findingsOf({ redirectConfigurations: [] }, '2017-04-01')).toEqual([]);
    expect(findingsOf({ redirectConfigurations: [] }, '2017-03-01').map(({ rule }) => rule)).toEqual([
      'property-newer-than-api-version',
    ]);
  });

  test('a name that was spelt in another case in an older version is the same name', () => {
    expect(findingsOf(listener({ hostNames: ['a'] }), '2019-09-01')).toEqual([]);
  });

  test('values of what was plain text in older versions are not newer than it', () => {
    const subnets = [{ name: 's', properties: { privateEndpointNetworkPolicies: 'Disabled' } }];
    const vnet = {
      type: 'Microsoft.Network/virtualNetworks',
      name: 'v',
      apiVersion: '2019-11-01',
      properties: { subnets },
    };
    expect(validateResource(deploy(vnet))).toEqual([]);
  });

  test('one that is no version at all is reported, and the newest counts', () => {
    expect(findingsOf({ reservedCapacity: 1 }, '{version}').map(({ rule }) => rule)).toEqual(['unknown-api-version']);
  });

  test.each([
    ['a property', { sku: { name: 'Standard_v2', tier: 'Standard_v2', colour: 'blue' } }, 'unknown-property'],
    ['a value', { sku: { name: 'Premium_v4', tier: 'Standard_v2' } }, 'invalid-value'],
  ])('one that is not known yet may have brought %s', (_, properties, rule) => {
    expect(severitiesOf(properties, '2099-01-01')).toEqual(['info later-api-version', `warning ${rule}`]);
    expect(severitiesOf(properties, '2026-01-01')).toEqual([`error ${rule}`]);
  });

  test('one that is not known yet takes no less than the newest', () => {
    const found = severitiesOf({ frontendPorts: {} }, '2099-01-01-preview');
    expect(found).toEqual(['info later-api-version', 'error wrong-type']);
  });

  test('one that never was', () => {
    const [finding, ...others] = findingsOf({ sku: { name: 'Basic' } }, '2022-12-01');
    expect(finding?.rule).toBe('unknown-api-version');
    expect(finding?.message).toContain("'Microsoft.Network/applicationGateways' has no api-version '2022-12-01'.");
    expect(others.map(({ rule }) => rule)).toEqual(['value-newer-than-api-version']);
  });
});

describe('types and values', () => {
  test.each([
    [
      { frontendPorts: [{ name: 'a', properties: { port: '80' } }] },
      'converted-type',
      "'port' is the string '80'; Azure converts it to an integer.",
    ],
    [{ enableHttp2: 'True' }, 'converted-type', "'enableHttp2' is the string 'True'; Azure converts it to a boolean."],
    [
      { frontendPorts: [{ name: 'a', properties: { port: 'http' } }] },
      'wrong-type',
      "'port' is the string 'http'; an integer is needed.",
    ],
    [{ httpListeners: {} }, 'wrong-type', "'httpListeners' is an object; an array is needed."],
    [
      { backendAddressPools: [{ name: 'a', properties: { backendAddresses: ['10.0.0.4'] } }] },
      'wrong-type',
      "Element 1 of 'backendAddresses' is the string '10.0.0.4'; an object is needed.",
    ],
    [
      { requestRoutingRules: [{ name: 'a', properties: { ruleType: 'Path' } }] },
      'invalid-value',
      "'ruleType' is 'Path'; allowed: 'Basic', 'PathBasedRouting'.",
    ],
    [
      { requestRoutingRules: [{ name: 'a', properties: { ruleType: 'Basik' } }] },
      'invalid-value',
      "'ruleType' is 'Basik'; allowed: 'Basic', 'PathBasedRouting'. Did you mean 'Basic'?",
    ],
    [
      { requestRoutingRules: [{ name: 'a', properties: { priority: 0 } }] },
      'value-out-of-range',
      "'priority' is 0; it must be 1 or more.",
    ],
    [
      { requestRoutingRules: [{ name: 'a', properties: { priority: 20001 } }] },
      'value-out-of-range',
      "'priority' is 20001; it must be 20000 or less.",
    ],
    [
      { webApplicationFirewallConfiguration: { enabled: true, firewallMode: 'Prevention', ruleSetType: 'OWASP' } },
      'missing-property',
      "'webApplicationFirewallConfiguration' has no 'ruleSetVersion', which it needs.",
    ],
  ])('%j', (properties, rule, message) => {
    const findings = findingsOf(properties);
    expect(findings.map((finding) => finding.rule)).toEqual([rule]);
    expect(findings[0]?.message).toMatch(message);
  });

  test.each([
    ['missing', { enabled: false }],
    ['too long', { enabled: true, drainTimeoutInSec: 3601 }],
  ])('a draining timeout that is %s has the code of Azure', (_, connectionDraining) => {
    const backendHttpSettingsCollection = [{ name: 'a', properties: { connectionDraining } }];
    const gateway = deploy({ type: gatewayType, name: 'gw', properties: { backendHttpSettingsCollection } });
    const codes = validateResource(gateway).map(({ azureCode }) => azureCode);
    expect(codes).toEqual(['ApplicationGatewayConnectionDrainingTimeoutInvalid']);
  });

  test('all are reported at once', () => {
    const properties = { enableHttp2: 'maybe', httpListeners: 1, skuu: {}, sslPolicy: { policyType: 'None' } };
    expect(findingsOf(properties).map(({ rule }) => rule)).toEqual([
      'unknown-property',
      'wrong-type',
      'wrong-type',
      'invalid-value',
    ]);
  });

  test('nothing is held against values that stand in for others', () => {
    const standIn = markMadeUp(stringValue('skuname'), { source: { kind: 'parameter', name: 'skuName' }, path: [] });
    const sku = { kind: 'Object', members: new Map([['name', { value: standIn }]]) } as const;
    const properties = { kind: 'Object', members: new Map([['sku', { value: sku }]]) } as const;
    const gateway = deploy({ type: gatewayType, name: 'gw' });
    const body = { ...gateway.body, members: new Map([['properties', { value: properties }]]) };
    expect(validateResource({ ...gateway, body })).toEqual([]);
  });

  test('secrets are not shown', () => {
    const gateway = deploy({ type: gatewayType, name: 'gw', properties: {} });
    const secret = { kind: 'String', value: 'hunter2', secret: true } as const;
    const body = { ...gateway.body, members: new Map([['properties', { value: secret }]]) };
    const [finding] = validateResource({ ...gateway, body });
    expect(finding?.message).toBe("'properties' is the string [redacted]; an object is needed.");
    expect(finding?.azureMessage).toBe(`Error converting value "[redacted]" to type '…'. Path 'properties'.`);
  });
});

test('findings point at the name or the value in the text', () => {
  const gateway = deployText(`{
  "type": "Microsoft.Network/applicationGateways",
  "name": "gw",
  "apiVersion": "2024-05-01",
  "properties": {
    "enableHttp": true,
    "enableFips": "sometimes"
  }
}`);
  const places = validateResource(gateway).map(({ file, range }) => [file, range?.start.line, range?.start.column]);
  expect(places).toEqual([
    ['gateway.json', 6, 5],
    ['gateway.json', 7, 19],
  ]);
});

test('the other types are validated too, named without regard to case', () => {
  const rulesOf = (type: string, properties: object) =>
    validateResource(deploy({ type, name: 'a', apiVersion: '2024-05-01', properties })).map(({ path }) => path);
  expect(rulesOf('microsoft.network/publicipaddresses', { publicIPAllocationMethod: 'Fixed' })).toEqual([
    'properties.publicIPAllocationMethod',
  ]);
  const subnets = [{ name: 's', properties: { adressPrefix: '10.0.0.0/24' } }];
  expect(rulesOf('Microsoft.Network/virtualNetworks', { subnets })).toEqual([
    'properties.subnets[0].properties.adressPrefix',
  ]);
  expect(rulesOf('Microsoft.Web/sites', { whatever: 1 })).toEqual([]);
});

test('what is doubtful about a neighbour of a gateway is a warning', () => {
  const severitiesOf = (properties: object) =>
    validateResource(
      deploy({ type: 'Microsoft.Network/publicIPAddresses', name: 'a', apiVersion: '2018-02-01', properties }),
    ).map(({ rule, severity }) => [rule, severity]);
  expect(severitiesOf({ deleteOption: 'Delete', unheardOf: 1, publicIPAllocationMethod: 'Fixed' })).toEqual([
    ['property-newer-than-api-version', 'warning'],
    ['unknown-property', 'warning'],
    ['invalid-value', 'error'],
  ]);
});

test('a WAF rule with operator Any needs no values', () => {
  const matchConditions = [{ matchVariables: [{ variableName: 'RequestUri' }], operator: 'Any' }];
  const customRules = [{ name: 'a', priority: 1, ruleType: 'MatchRule', action: 'Block', matchConditions }];
  const managedRules = { managedRuleSets: [{ ruleSetType: 'OWASP', ruleSetVersion: '3.2' }] };
  const policy = deploy({
    type: 'Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies',
    name: 'waf',
    apiVersion: '2024-05-01',
    properties: { customRules, managedRules },
  });
  expect(validateResource(policy)).toEqual([]);
});
