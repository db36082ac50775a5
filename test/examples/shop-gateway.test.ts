import { type RunningGateway, startEmulator } from 'agate-gateway';
import { type Dispatcher, request } from 'undici';
import { afterAll, beforeAll, expect, test } from 'vitest';

/** How a project tests its own template with Agate as a library; nothing here knows the inside of Agate. */
let gateway: RunningGateway;

beforeAll(async () => {
  gateway = await startEmulator({ template: 'fixtures/example/azuredeploy.json', listen: { all: 0 } });
});

afterAll(() => gateway.dispose());

/** Asks a listener, by its own host name. `fetch` would not let the Host header be set. */
async function get(listenerName: string, path: string): Promise<Dispatcher.ResponseData> {
  const listener = gateway.listeners.find(({ name }) => name === listenerName);
  if (listener === undefined) throw new Error(`There is no listener '${listenerName}'.`);
  const response = await request(`${listener.url}${path}`, { headers: { host: listener.hostNames[0] } });
  await response.body.dump();
  return response;
}

test('the blog is served by the web servers', async () => {
  const { statusCode, headers } = await get('blog', '/');
  expect([statusCode, headers['x-agate-backend']]).toEqual([200, expect.stringMatching(/^web\//)]);
});

test('plain HTTP leads to HTTPS', async () => {
  const { statusCode, headers } = await get('shop-http', '/cart?item=1');
  expect([statusCode, headers.location]).toEqual([301, 'https://shop.contoso.com/cart?item=1']);
});

test('what was decided can be looked at afterwards', async () => {
  const decided = gateway.events.next('request', ({ request: { url } }) => url === '/2026/hello');
  await get('blog', '/2026/hello');
  await decided;
  expect(gateway.requests(1)).toMatchObject([{ listener: 'blog', pool: 'web', status: 200 }]);
});

test('one dead web server is not noticed', async () => {
  await gateway.setMemberState('web', '10.0.1.4', 'down');
  const { headers } = await get('blog', '/');
  expect(headers['x-agate-backend']).toBe('web/10.0.1.5:80');
  await gateway.setMemberState('web', '10.0.1.4', 'up');
});
