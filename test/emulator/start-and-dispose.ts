import { once } from 'node:events';
import { Agent, request } from 'node:https';
import { WebSocket } from 'ws';
import { startEmulator } from '../../src/emulator/emulator.ts';
import { makeGateway } from '../routing/gateway-fixture.ts';

/** A program of its own: uses a gateway in every way, disposes it, and must then have nothing left to wait for. */
const gateway = makeGateway({
  listeners: [{ name: 'http' }, { name: 'https', port: 443, protocol: 'Https' }],
  rules: [
    { listener: 'http', pool: 'web' },
    { listener: 'https', pool: 'web' },
  ],
});
const emulator = await startEmulator({ gateway, listen: { all: 0 } });
const [http, https] = emulator.listeners;
if (http === undefined || https === undefined) throw new Error('There should be two listeners.');

const plain = await fetch(http.url);
await plain.text();

const client = new WebSocket(http.url.replace('http', 'ws'));
await once(client, 'open');
client.send('hi');
const [echo] = await once(client, 'message');
client.on('error', () => undefined);

const agent = new Agent({ keepAlive: true, ca: emulator.authority?.certificatePem ?? '' });
const [secure] = await once(request({ host: 'localhost', port: https.port, agent }).end(), 'response');
secure.resume();
await once(secure, 'end');

console.log(plain.status, String(echo), secure.statusCode);
await emulator.dispose();
agent.destroy();
console.log('disposed');
