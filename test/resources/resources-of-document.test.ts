import { describe, expect, test } from 'vitest';
import { buildGateway } from '../../src/gateway/build/build-gateway.ts';
import { gatewayDocumentKind } from '../../src/resources/gateway-document.ts';
import { buildResourceGraph } from '../../src/resources/resource-graph.ts';
import { looksLikeGateway, resourcesOfGatewayDocument } from '../../src/resources/resources-of-document.ts';
import { validateResource } from '../../src/resources/validate-resource.ts';
import { defaultDeploymentContext } from '../../src/template/deployment-context.ts';
import { fromJson, toJson } from '../../src/template/value.ts';
import { readText } from './deployed-resource.ts';

const type = 'Microsoft.Network/applicationGateways';
const id = `/subscriptions/s/resourceGroups/g/providers/${type}/shop`;

const properties = {
  frontendPorts: [{ name: 'http', id: `${id}/frontendPorts/http`, properties: { port: 80 } }],
  httpListeners: [{ name: 'site', properties: { frontendPort: { id: `${id}/frontendPorts/http` } } }],
};

/** As the Azure CLI prints it: no envelopes, and a `resourceGroup` beside each ID. */
const flattened = {
  id,
  name: 'shop',
  type,
  location: 'westeurope',
  resourceGroup: 'g',
  sku: { name: 'Standard_v2', tier: 'Standard_v2' },
  zones: null,
  frontendPorts: [
    {
      id: `${id}/frontendPorts/http`,
      name: 'http',
      port: 80,
      provisioningState: 'Succeeded',
      resourceGroup: 'g',
      type: `${type}/frontendPorts`,
    },
  ],
  httpListeners: [
    {
      name: 'site',
      frontendPort: { id: `${id}/frontendPorts/http`, resourceGroup: 'g' },
      hostNames: [],
      resourceGroup: 'g',
    },
  ],
  urlPathMaps: [{ name: 'map', pathRules: [{ name: 'a', paths: ['/a/*'], resourceGroup: 'g' }], resourceGroup: 'g' }],
  rewriteRuleSets: [{ name: 'set', rewriteRules: [{ name: 'r', actionSet: {} }] }],
};

const documents = {
  resource: { type, apiVersion: '2024-05-01', name: 'shop', location: 'westeurope', properties },
  answer: { id, type, name: 'shop', location: 'westeurope', etag: 'W/"1"', properties },
  flattened,
  body: { location: 'westeurope', properties },
  restExample: {
    parameters: {
      'api-version': '2021-05-01',
      subscriptionId: 's',
      resourceGroupName: 'g',
      applicationGatewayName: 'shop',
      parameters: { location: 'westeurope', properties },
    },
    responses: { 200: { body: {} } },
  },
} as const;

const read = (document: unknown) => resourcesOfGatewayDocument(fromJson(document), defaultDeploymentContext);

describe.each(Object.entries(documents))('a document of the form %s', (kind, document) => {
  test('is told by its members', () => {
    expect(gatewayDocumentKind(fromJson(document))).toBe(kind);
    expect(looksLikeGateway(fromJson(document))).toBe(true);
  });

  test('becomes one resource that builds and has nothing against its schema', () => {
    const { value, diagnostics } = read(document);
    expect(diagnostics).toEqual([]);
    expect(value).toMatchObject([{ type, name: 'shop', location: 'westeurope' }]);
    const [resource] = value;
    if (resource === undefined) throw new Error('no resource');
    const built = buildGateway(resource, buildResourceGraph(value));
    expect([...validateResource(resource), ...built.diagnostics]).toEqual([]);
    expect(built.value.httpListeners[0]?.frontendPort?.port).toBe(80);
  });
});

test.each([
  ['an ID of its own', documents.answer, id],
  ['none, with IDs inside', documents.body, id],
  ['an address beside it', documents.restExample, id],
  [
    'a name only',
    { type, name: 'other', properties },
    `/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/agate/providers/${type}/other`,
  ],
  [
    'placeholders in the IDs inside',
    {
      properties: {
        httpListeners: [
          {
            properties: {
              frontendPort: { id: `/subscriptions/<subid>/resourceGroups/<rg>/providers/${type}/shop/frontendPorts/a` },
            },
          },
        ],
      },
    },
    `/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/agate/providers/${type}/shop`,
  ],
  [
    'nothing',
    { properties: { httpListeners: [] } },
    `/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/agate/providers/${type}/gateway`,
  ],
])('the ID of a gateway with %s', (_, document, expected) => {
  expect(read(document).value[0]?.id).toBe(expected);
});

test('the api-version of an example is that of its address', () => {
  expect(read(documents.restExample).value[0]?.apiVersion).toBe('2021-05-01');
  expect(read(documents.resource).value[0]?.apiVersion).toBe('2024-05-01');
  expect(read(documents.answer).value[0]?.apiVersion).toBeUndefined();
});

test('an example of an answer is read too', () => {
  const example = { parameters: {}, responses: { '200': { body: documents.answer } } };
  expect(gatewayDocumentKind(fromJson(example))).toBe('restExample');
  expect(read(example).value[0]?.id).toBe(id);
});

test('a list has a gateway for each of its members', () => {
  const list = [documents.answer, flattened];
  for (const document of [list, { value: list }]) {
    expect(gatewayDocumentKind(fromJson(document))).toBe('list');
    expect(read(document).value).toHaveLength(2);
  }
});

test('envelopes come back where Azure has them', () => {
  const [resource] = read(flattened).value;
  expect(resource === undefined ? undefined : toJson(resource.body)).toMatchObject({
    id,
    name: 'shop',
    properties: {
      sku: { name: 'Standard_v2' },
      frontendPorts: [{ name: 'http', type: `${type}/frontendPorts`, properties: { port: 80 } }],
      urlPathMaps: [{ name: 'map', properties: { pathRules: [{ name: 'a', properties: { paths: ['/a/*'] } }] } }],
      rewriteRuleSets: [{ name: 'set', properties: { rewriteRules: [{ name: 'r', actionSet: {} }] } }],
    },
  });
});

test('places in the text survive', () => {
  const text = `{ "type": "${type}",\n"sku": {},\n"httpListeners": [ { "name": "site",\n"protocl": "Http" } ] }`;
  const [resource] = resourcesOfGatewayDocument(readText(text), defaultDeploymentContext).value;
  const findings = resource === undefined ? [] : validateResource(resource);
  expect(findings.map(({ path, range }) => [path, range?.start.line])).toEqual([
    ['properties.httpListeners[0].properties.protocl', 4],
  ]);
});

test.each([
  ['a template', { $schema: 'x', resources: [documents.resource] }],
  ['a template without a schema', { resources: [] }],
  ['another resource', { type: 'Microsoft.Network/publicIPAddresses', properties: {} }],
  ['a parameter file', { parameters: { a: { value: 1 } } }],
  ['an empty object', {}],
  ['a text', 'gateway'],
  ['an empty list', []],
])('%s is none of these', (_, document) => {
  expect(looksLikeGateway(fromJson(document))).toBe(false);
  const { value, diagnostics } = read(document);
  expect(value).toEqual([]);
  expect(diagnostics).toMatchObject([{ code: 'AGW3013', severity: 'error' }]);
});
