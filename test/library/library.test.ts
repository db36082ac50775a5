import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { connect } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { evaluateTemplate, explainRequest, lintTemplate, type RunningGateway, startEmulator } from '../../src/index.ts';

const template = fileURLToPath(new URL('../../fixtures/example/azuredeploy.json', import.meta.url));

const gatewayObject = {
  name: 'gw',
  type: 'Microsoft.Network/applicationGateways',
  apiVersion: '2024-05-01',
  properties: { sku: { name: 'Standard_v2', tier: 'Standard_v2', capacity: 1 } },
};

describe('evaluateTemplate', () => {
  test('reads a path, a text and an object alike', async () => {
    const text =
      '// one output\n{ "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", "resources": [], "outputs": { "o": { "type": "string", "value": "[resourceGroup().name]" } } }';
    const outputs = { o: { type: 'string', value: 'rg1' } };
    const context = { resourceGroup: 'rg1' };
    expect(await evaluateTemplate({ template: text, context })).toEqual({ resources: [], outputs, diagnostics: [] });
    const object = JSON.parse(text.slice(text.indexOf('{')));
    expect(await evaluateTemplate({ template: object, context })).toEqual({ resources: [], outputs, diagnostics: [] });
    const fromFile = await evaluateTemplate({ template });
    expect(fromFile.diagnostics).toEqual([]);
    expect(fromFile.resources.map(({ type }) => type)).toContain('Microsoft.Network/applicationGateways');
  });

  test('takes parameters by name', async () => {
    const { outputs } = await evaluateTemplate({ template, parameters: { domain: 'fabrikam.com' } });
    expect(outputs['shopUrl']).toEqual({ type: 'string', value: 'https://shop.fabrikam.com/' });
  });

  test('returns faults of the template as diagnostics', async () => {
    const { diagnostics } = await evaluateTemplate({ template: '{ "resources": [' });
    expect(diagnostics).toMatchObject([{ rule: 'invalid-json', file: '<template>', severity: 'error' }]);
  });

  test('throws for a file that is not there', async () => {
    await expect(evaluateTemplate({ template: 'no-such-file.json' })).rejects.toMatchObject({
      code: 'FileUnreadable',
      message: "There is no file 'no-such-file.json'.",
    });
  });
});

test('lintTemplate reports, and takes severities by rule', async () => {
  const { diagnostics } = await lintTemplate({ template });
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  const rule = diagnostics[0]?.rule ?? '';
  const without = await lintTemplate({ template, rules: { [rule]: 'off' } });
  expect(without.diagnostics.map((each) => each.rule)).not.toContain(rule);
});

test('explainRequest tells where a request goes', async () => {
  const request = { url: 'https://shop.contoso.com/api/orders', method: 'POST', headers: { accept: 'text/plain' } };
  expect(await explainRequest({ template, request })).toMatchObject({
    listener: 'shop-https',
    pathRule: 'api',
    pool: 'api',
    backendUrl: 'http://10.0.3.4:8080/v2/orders',
  });
});

test('explainRequest needs a gateway', async () => {
  const nothing = {
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    contentVersion: '1.0.0.0',
    resources: [],
  };
  await expect(explainRequest({ template: nothing, request: { url: 'http://a/' } })).rejects.toMatchObject({
    code: 'NotAGateway',
  });
});

describe('startEmulator', () => {
  let gateway: RunningGateway | undefined;

  afterEach(async () => {
    await gateway?.dispose();
    await gateway?.dispose();
  });

  const get = async (host: string, path: string) => {
    const port = gateway?.listeners.find(({ name }) => name === 'blog')?.port;
    // fetch refuses a Host of one's own, and Node resolves no *.localhost; the name of the listener goes by SNI-less HTTP.
    const { request } = await import('node:http');
    return new Promise<{ status: number | undefined; backend: string | undefined }>((resolve, reject) => {
      request({ host: '127.0.0.1', port, path, headers: { host } }, (response) => {
        response.resume();
        resolve({ status: response.statusCode, backend: String(response.headers['x-agate-backend']) });
      })
        .on('error', reject)
        .end();
    });
  };

  test('serves a template, tells what it decided, and deploys another', async () => {
    gateway = await startEmulator({ template, listen: { all: 0 } });
    expect(await get('blog.contoso.com', '/x')).toEqual({ status: 200, backend: 'web/10.0.1.4:80' });
    expect(gateway.requests(1)).toMatchObject([
      { listener: 'blog', rule: 'blog', pool: 'web', member: '10.0.1.4', status: 200 },
    ]);
    expect(gateway.backendHealth().backendAddressPools).toHaveLength(5);

    const changed = (await readFile(template, 'utf8')).replace('"10.0.1.4", "10.0.1.5"', '"10.9.9.9"');
    await gateway.deploy(changed);
    expect(await get('blog.contoso.com', '/x')).toEqual({ status: 200, backend: 'web/10.9.9.9:80' });
  });

  test('gives the authority of its HTTPS listeners to clients that are to trust it', async () => {
    gateway = await startEmulator({ template, listen: { all: 0 }, certificates: { dataFolder: null } });
    const { port } = gateway.listeners.find(({ name }) => name === 'shop-https') ?? {};
    const ca = gateway.authorityPem ?? '';
    const socket = connect({ host: '127.0.0.1', port, servername: 'shop.contoso.com', ca });
    await once(socket, 'secureConnect');
    expect(socket.authorized).toBe(true);
    socket.destroy();
  });

  test('keeps the running gateway when another cannot be served', async () => {
    gateway = await startEmulator({ template, listen: { all: 0 } });
    await expect(gateway.deploy('{ "resources": [')).rejects.toMatchObject({ code: 'TemplateRefused' });
    expect(await get('blog.contoso.com', '/')).toMatchObject({ status: 200 });
  });

  test('refuses a template with a reference to nothing, and says which', async () => {
    const text = (await readFile(template, 'utf8')).replaceAll('/backendAddressPools/web', '/backendAddressPools/wbe');
    await expect(startEmulator({ template: text, listen: { all: 0 } })).rejects.toMatchObject({
      code: 'TemplateRefused',
      message: expect.stringContaining("refers to backend pool 'wbe', which this gateway does not define"),
    });
  });

  test('ends with the block that declares it by await using', async () => {
    let url = '';
    {
      await using running = await startEmulator({ template, listen: { all: 0 } });
      url = running.listeners.find(({ name }) => name === 'blog')?.url ?? '';
      expect((await fetch(url)).status).toBe(404);
    }
    await expect(fetch(url)).rejects.toThrow('fetch failed');
  });

  test('takes one gateway as an object', async () => {
    gateway = await startEmulator({ template: gatewayObject, listen: { all: 0 } });
    expect(gateway.listeners).toEqual([]);
  });
});
