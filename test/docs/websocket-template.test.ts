import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { connect as connectSecurely } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { startEmulator } from '../../src/library/start-emulator.ts';

const folder = fileURLToPath(new URL('../../fixtures/websocket-docs/', import.meta.url));
const handshake = readFileSync(`${folder}handshake.txt`, 'utf8').replaceAll('\n', '\r\n');

// The example of RFC 6455, section 1.3, has the answer to the page's key.
test.each([
  ['appGatewayHttpsListener', '<ruleName1>'],
  ['appGatewayHttpListener', '<ruleName2>'],
])('the handshake of the page goes through %s of its template', async (listener, rule) => {
  await using gateway = await startEmulator({ template: `${folder}azuredeploy.json`, listen: { all: 0 } });
  const { port = 0, protocol } = gateway.listeners.find(({ name }) => name === listener) ?? {};
  const options = { port, host: '127.0.0.1', rejectUnauthorized: false };
  const socket = protocol === 'Https' ? connectSecurely(options) : connect(options);
  onTestFinished(() => void socket.destroy());
  const told = gateway.events.next('request');
  socket.write(handshake);
  let head = '';
  for await (const chunk of socket) {
    head += String(chunk);
    if (head.includes('\r\n\r\n')) break;
  }
  expect(head).toMatch(/^HTTP\/1\.1 101 Switching Protocols\r\n/);
  expect(head).toMatch(/\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK\+xOo=\r\n/i);
  expect(head).toMatch(/\r\nSec-WebSocket-Protocol: chat\r\n/i);
  expect((await told)[0].route).toMatchObject({ listener: { name: listener }, rule: { name: rule } });
});
