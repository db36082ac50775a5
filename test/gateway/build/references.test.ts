import { describe, expect, test } from 'vitest';
import { isRepair } from '../../../src/gateway/build/diagnostics.ts';
import { markMadeUp } from '../../../src/template/runtime-values/made-up.ts';
import { type Member, type ObjectValue, stringValue, type Value } from '../../../src/template/value.ts';
import { deploy, deployText, resourceId } from '../../resources/deployed-resource.ts';
import { build, buildResource, gatewayProperties, gatewayType, ref } from './gateway-json.ts';

/** Builds a gateway whose listener has this `frontendPort`. */
function withPort(frontendPort: unknown) {
  const { gateway, diagnostics } = build({
    frontendPorts: [
      { name: 'http', properties: { port: 80 } },
      { name: 'https', properties: { port: 443 } },
    ],
    httpListeners: [{ name: 'site', properties: { frontendPort } }],
  });
  return { port: gateway.httpListeners[0]?.frontendPort?.port ?? null, diagnostics };
}

const own = ref('frontendPorts', 'http').id;

test.each([
  ['in another case', own.toUpperCase()],
  ['with a slash at the end', `${own}/`],
  ['with blanks around', ` ${own} `],
])('an ID %s is the same ID', (_, id) => {
  expect(withPort({ id })).toEqual({ port: 80, diagnostics: [] });
});

test('the member may be spelt Id', () => expect(withPort({ Id: own })).toEqual({ port: 80, diagnostics: [] }));

test.each([
  ['absent', undefined],
  ['null', null],
  ['of the wrong type, which validation reports', 'http'],
])('a reference that is %s names nothing', (_, reference) => {
  expect(withPort(reference)).toEqual({ port: null, diagnostics: [] });
});

describe('what Azure refuses', () => {
  const path = 'properties.httpListeners[0].properties.frontendPort';
  const expectation =
    'The Id is expected to reference resources of type Microsoft.Network/applicationGateways/frontendPorts. Path ' +
    `${path}.`;

  // https://github.com/Azure/azure-sdk-for-net/issues/17354
  test.each([[{}], [{ name: 'http' }], [{ id: null }], [{ id: '' }]])('a reference without an ID: %j', (reference) => {
    const { port, diagnostics } = withPort(reference);
    expect(port).toBeNull();
    expect(diagnostics).toMatchObject([
      {
        code: 'AGW4002',
        azureCode: 'MissingJsonReferenceId',
        path,
        message: "Listener 'site': 'frontendPort' has no 'id'.",
        azureMessage: `Value for reference id is missing. Path ${path}.`,
      },
    ]);
  });

  // A JSON string is an expression only from '[' to ']' with nothing behind.
  test.each([["'"], ['")'], ['; ']])('an expression with %s behind it, which is text', (stray) => {
    const expression = "[resourceId('Microsoft.Network/applicationGateways/frontendPorts', 'gw', 'http')]";
    const { port, diagnostics } = withPort({ id: `${expression}${stray}` });
    expect(port).toBeNull();
    expect(diagnostics).toMatchObject([
      {
        code: 'AGW4007',
        message:
          `Listener 'site': the id of 'frontendPort' is an expression with ${stray.trim()} behind its last bracket, ` +
          'which makes plain text of it.',
        hint: `Write "${expression}".`,
      },
    ]);
  });

  test('a reference to nothing, with what there is and what was perhaps meant', () => {
    const { id } = ref('frontendPorts', 'htps');
    expect(withPort({ id }).diagnostics).toMatchObject([
      {
        code: 'AGW4001',
        azureCode: 'InvalidResourceReference',
        path: `${path}.id`,
        message:
          "Listener 'site' refers to frontend port 'htps', which this gateway does not define. Defined: 'http', 'https'. " +
          "Did you mean 'https'?",
        azureMessage:
          `Resource ${id} referenced by resource ${ref('httpListeners', 'site').id} was not found. Please make sure ` +
          'that the referenced resource exists, and that both resources are in the same region.',
      },
    ]);
  });

  test('a reference into another gateway', () => {
    const id = resourceId(`${gatewayType}/frontendPorts`, 'other', 'http');
    const { port, diagnostics } = withPort({ id });
    expect(port).toBeNull();
    expect(diagnostics).toMatchObject([
      {
        azureCode: 'InvalidResourceReference',
        message: expect.stringContaining("frontend port 'http', of gateway 'other', but this gateway is 'gw'"),
      },
    ]);
  });

  test.each([
    ['another collection', ref('probes', 'http').id, 'AGW4004', 'InvalidJsonReferenceWrongType'],
    [
      'another type',
      resourceId('Microsoft.Network/publicIPAddresses', 'ip'),
      'AGW4004',
      'InvalidJsonReferenceWrongType',
    ],
    ['the gateway itself', resourceId(gatewayType, 'gw'), 'AGW4004', 'InvalidJsonReferenceWrongType'],
    [
      'something in a path map',
      `${ref('urlPathMaps', 'a').id}/pathRules/b`,
      'AGW4004',
      'InvalidJsonReferenceWrongType',
    ],
    ['a collection that is misspelt', ref('frontendPort', 'http').id, 'AGW4003', 'InvalidJsonReferenceFormat'],
    ['half an ID', `${resourceId(gatewayType, 'gw')}/frontendPorts`, 'AGW4003', 'InvalidJsonReferenceFormat'],
    ['no resource', '/subscriptions/x/resourceGroups/y', 'AGW4003', 'InvalidJsonReferenceFormat'],
    ['a name', 'http', 'AGW4007', 'LinkedInvalidPropertyId'],
    ['an expression that was not evaluated', "resourceId('x')", 'AGW4007', 'LinkedInvalidPropertyId'],
  ])('an ID of %s: %s', (_, id, code, azureCode) => {
    const { port, diagnostics } = withPort({ id });
    expect(port).toBeNull();
    expect(diagnostics).toMatchObject([{ code, azureCode, path: `${path}.id` }]);
  });

  test('messages quote Azure', () => {
    const messageFor = (id: string) => withPort({ id }).diagnostics[0]?.azureMessage;
    const probe = ref('probes', 'http').id;
    expect(messageFor(probe)).toBe(`Reference Id ${probe} is referencing resource of a wrong type. ${expectation}`);
    expect(messageFor(ref('frontendPort', 'http').id)).toContain('is not formatted correctly.');
    expect(messageFor('http')).toContain(
      `Property id 'http' at path '${path}.id' is invalid. Expect fully qualified resource Id that start with`,
    );
  });

  test('two members with one name; references mean the first', () => {
    const { gateway, diagnostics } = build({
      frontendPorts: [
        { name: 'http', properties: { port: 80 } },
        { name: 'HTTP', properties: { port: 8080 } },
      ],
      httpListeners: [{ name: 'site', properties: { frontendPort: ref('frontendPorts', 'Http') } }],
    });
    expect(gateway.frontendPorts).toHaveLength(1);
    expect(gateway.httpListeners[0]?.frontendPort?.port).toBe(80);
    expect(diagnostics).toMatchObject([
      {
        code: 'AGW4005',
        azureCode: 'DuplicateResourceName',
        path: 'properties.frontendPorts[1].name',
        azureMessage: expect.stringContaining('has two child resources with the same name (http).'),
        related: [{ message: "The first 'http' is here." }],
      },
    ]);
  });

  test('two path rules with one name', () => {
    const pathRules = [{ name: 'a' }, { name: 'a' }];
    const { diagnostics } = build({ urlPathMaps: [{ name: 'map', properties: { pathRules } }] });
    expect(diagnostics).toMatchObject([
      { code: 'AGW4005', path: 'properties.urlPathMaps[0].properties.pathRules[1].name' },
    ]);
  });

  test('a member without a name is left out', () => {
    const { gateway, diagnostics } = build({ probes: [{ properties: {} }, { name: '' }, { name: 'a' }] });
    expect(gateway.probes.map(({ name }) => name)).toEqual(['a']);
    expect(diagnostics).toMatchObject([
      { code: 'AGW4006', path: 'properties.probes[0]', message: "A member of 'probes' has no name; each needs one." },
      { code: 'AGW4006', path: 'properties.probes[1]' },
    ]);
  });
});

describe('what is read as it was meant', () => {
  test.each([["'"], ["')]"], ['"'], ["' "], [']']])('an ID that ends in %s', (stray) => {
    const { port, diagnostics } = withPort({ id: own + stray });
    expect(port).toBe(80);
    expect(diagnostics).toMatchObject([
      {
        code: 'AGW4008',
        severity: 'error',
        message: `The id of 'frontendPort' ends in ${stray.trim()}, which does not belong to it; read without.`,
        hint: `Write '${own}'.`,
      },
    ]);
  });

  test.each([
    ['/subscriptions/<subid>/resourceGroups/<rgName>', '<subid>'],
    ['/subscriptions/{subscriptionId}/resourceGroups/agate', '{subscriptionId}'],
  ])('an ID with placeholders: %s', (scope, placeholder) => {
    const { port, diagnostics } = withPort({ id: `${scope}/providers/${gatewayType}/gw/frontendPorts/http` });
    expect(port).toBe(80);
    expect(diagnostics).toMatchObject([
      {
        code: 'AGW4009',
        message: `The id of 'frontendPort' still has the placeholder ${placeholder} in it; read as an id of this gateway.`,
      },
    ]);
  });

  test('an ID with both has both findings', () => {
    const id = `/subscriptions/<subid>/resourceGroups/<rg>/providers/${gatewayType}/gw/frontendPorts/http')]`;
    expect(withPort({ id }).diagnostics.map(({ code }) => code)).toEqual(['AGW4009', 'AGW4008']);
  });

  test('IDs with a fixed subscription, once for all of them', () => {
    const elsewhere = (collection: string, name: string) => ({
      id: ref(collection, name).id.replace('/agate/', '/production/'),
    });
    const { gateway, diagnostics } = build(
      gatewayProperties({
        httpListeners: [
          {
            name: 'site',
            properties: {
              frontendIPConfiguration: elsewhere('frontendIPConfigurations', 'public'),
              frontendPort: elsewhere('frontendPorts', 'http'),
            },
          },
        ],
      }),
    );
    expect(gateway.httpListeners[0]?.frontendPort?.port).toBe(80);
    expect(diagnostics).toMatchObject([
      { code: 'AGW4010', severity: 'warning', message: expect.stringContaining("'production'") },
    ]);
  });

  test.each([
    ['the end of one', `Microsoft.Network/applicationGateways/gw/frontendPorts/http`],
    [
      'the end of one, behind a subscription',
      `/subscriptions/x/Microsoft.Network/applicationGateways/gw/frontendPorts/http`,
    ],
    ['what the member has for its own ID', '--port--'],
  ])('an ID that is %s', (_, id) => {
    const { gateway, diagnostics } = build({
      frontendPorts: [{ name: 'http', id: '--port--', properties: { port: 80 } }],
      httpListeners: [{ name: 'site', properties: { frontendPort: { id } } }],
    });
    expect(gateway.httpListeners[0]?.frontendPort?.port).toBe(80);
    expect(diagnostics).toMatchObject([
      {
        code: 'AGW4012',
        azureCode: 'LinkedInvalidPropertyId',
        message: expect.stringContaining('read as one of this gateway.'),
      },
    ]);
    expect(diagnostics.every(isRepair)).toBe(true);
  });
});

test.each([
  ['names something', own, 80],
  ['names nothing', 'frontendportid', null],
])('an ID that stands in for another one and %s is not reported', (_, text, port) => {
  const id = { value: markMadeUp(stringValue(text), { source: { kind: 'parameter', name: 'id' }, path: [] }) };
  const frontendPort = { value: { kind: 'Object', members: new Map([['id', id]]) } } as const;
  const gateway = deploy({
    type: gatewayType,
    name: 'gw',
    properties: {
      frontendPorts: [{ name: 'http', properties: { port: 80 } }],
      httpListeners: [{ name: 'site', properties: { frontendPort: {} } }],
    },
  });
  const body = replaceMember(
    gateway.body,
    ['properties', 'httpListeners', 0, 'properties', 'frontendPort'],
    frontendPort.value,
  );
  const built = buildResource({ ...gateway, body: body as ObjectValue });
  expect(built.diagnostics).toEqual([]);
  expect(built.gateway.httpListeners[0]?.frontendPort?.port ?? null).toBe(port);
});

/** The value with another one in some place. */
function replaceMember(value: Value, [step, ...rest]: readonly (string | number)[], by: Value): Value {
  if (step === undefined) return by;
  if (value.kind === 'Array') {
    return { ...value, items: value.items.map((item, at) => (at === step ? replaceMember(item, rest, by) : item)) };
  }
  if (value.kind !== 'Object') return value;
  const members = Array.from(value.members, ([key, member]): [string, Member] => {
    return [key, key === step ? { ...member, value: replaceMember(member.value, rest, by) } : member];
  });
  return { ...value, members: new Map(members) };
}

test('findings point at the ID in the text', () => {
  const { diagnostics } = buildResource(
    deployText(`{
  "type": "Microsoft.Network/applicationGateways", "name": "gw",
  "properties": {
    "httpListeners": [
      { "name": "site", "properties": {
        "frontendPort": { "id": "http" },
        "frontendIPConfiguration": {} } }
    ]
  }
}`),
  );
  const places = diagnostics.map(({ code, range }) => [code, range?.start.line, range?.start.column]);
  expect(places).toEqual([
    ['AGW4002', 7, 36],
    ['AGW4007', 6, 33],
  ]);
});
