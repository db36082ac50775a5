import { Agent } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { allClosed, ask, startBackend, startGatewayBefore } from './fixture.ts';

async function start(dedicatedBackendConnection: boolean) {
  const backend = await startBackend((incoming, outgoing) => {
    incoming.resume().on('end', () => outgoing.end(String(incoming.socket.remotePort)));
  });
  const gateway = await startGatewayBefore([backend], { settings: { settings: { dedicatedBackendConnection } } });
  const client = () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    onTestFinished(() => agent.destroy());
    return agent;
  };
  const portSeenFor = async (agent: Agent, method = 'GET') =>
    (await ask(gateway, '/x', { agent, method, body: method === 'GET' ? '' : 'a' })).body;
  return { backend, gateway, client, portSeenFor };
}

// https://learn.microsoft.com/azure/application-gateway/configuration-http-settings#dedicated-backend-connection
test('each client has a connection of its own to the backend, and keeps it', async () => {
  const { client, portSeenFor } = await start(true);
  const [a, b] = [client(), client()];
  const ofA = await portSeenFor(a);
  const ofB = await portSeenFor(b);
  expect(ofA).not.toBe(ofB);
  expect([await portSeenFor(a, 'POST'), await portSeenFor(b), await portSeenFor(a)]).toEqual([ofA, ofB, ofA]);
});

test('without it, clients take turns on one connection', async () => {
  const { client, portSeenFor } = await start(false);
  expect(await portSeenFor(client())).toBe(await portSeenFor(client()));
});

test('the connection ends with that of its client', async () => {
  const { client, portSeenFor, backend } = await start(true);
  const agent = client();
  await portSeenFor(agent);
  const closed = allClosed(backend);
  expect(backend.sockets.size).toBeGreaterThan(0);
  agent.destroy();
  await closed;
});
