import { once } from 'node:events';
import { connect as connectHttp2 } from 'node:http2';
import { expect, onTestFinished, test } from 'vitest';
import type { Emulator } from '../../../src/emulator/emulator.ts';
import { startResponder } from '../../certificates/ocsp/responder.ts';
import { authority, forClients, type Made, make } from '../../certificates/pki.ts';
import { portOfListener } from '../fixture.ts';
import { type ListenerTlsSpec, oneListener, request, shakeHands, startTlsGateway } from './fixture.ts';

const url = 'http://ocsp.test';
const root = make({ subject: '/O=Contoso/CN=Root', extensions: authority });
const issuing = make({ subject: '/O=Contoso/CN=Issuing', issuer: root, extensions: authority });
const extensions = [...forClients, `authorityInfoAccess=OCSP;URI:${url}`];
const client = make({ subject: '/CN=client', issuer: issuing, extensions });
const expired = make({ subject: '/CN=expired', issuer: issuing, extensions, days: -1 });

function gatewayWith(
  responder: string,
  profile: NonNullable<ListenerTlsSpec['profile']> = {},
  enableHttp2 = false,
): Promise<Emulator> {
  const trusted = [Buffer.from(root.cert + issuing.cert).toString('base64')];
  return startTlsGateway(
    {
      spec: { ...oneListener, enableHttp2 },
      tls: { tls: { profile: { trusted, verifyClientRevocation: 'OCSP', ...profile } } },
    },
    { certificates: { responders: { [url]: responder } } },
  );
}

async function ask(gateway: Emulator, { cert, key }: Made): Promise<string> {
  const answer = await request(await shakeHands(gateway, { cert, key }), ['GET / HTTP/1.1', 'Host: shop.test']);
  return answer.slice(0, answer.indexOf('\r\n'));
}

function verificationOf(gateway: Emulator): string | undefined {
  return gateway.requests()[0]?.request.tls?.clientCertificate?.verification;
}

// https://learn.microsoft.com/azure/application-gateway/mutual-authentication-overview#certificate-revocation
// https://learn.microsoft.com/troubleshoot/azure/application-gateway/http-response-codes
test.each([
  ['good', { good: [client] }, 'HTTP/1.1 200 OK', 'SUCCESS'],
  ['revoked', { revoked: [client] }, 'HTTP/1.1 400 Bad Request', 'FAILED:certificate revoked'],
  ['unknown', {}, 'HTTP/1.1 400 Bad Request', 'FAILED:its OCSP responder does not know it'],
])('a certificate of which the responder says %s', async (_name, spec, answer, verification) => {
  const responder = await startResponder({ issuer: issuing, ...spec });
  const gateway = await gatewayWith(responder.url);
  expect(await ask(gateway, client)).toBe(answer);
  expect(verificationOf(gateway)).toBe(verification);
});

test('a responder that cannot be reached means 400, and the log says why', async () => {
  const gateway = await gatewayWith('http://127.0.0.1:9');
  expect(await ask(gateway, client)).toBe('HTTP/1.1 400 Bad Request');
  expect(verificationOf(gateway)).toMatch(/^FAILED:its OCSP responder http:\/\/ocsp\.test is of no help: /);
  expect(gateway.requests()[0]?.errorInfo).toBe('ERRORINFO_HTTPS_NO_CERT');
});

test('an answer serves until it ends, whatever happens meanwhile', async () => {
  const responder = await startResponder({ issuer: issuing, good: [client], minutes: 5 });
  const gateway = await gatewayWith(responder.url);
  await ask(gateway, client);
  responder.use({ issuer: issuing, revoked: [client], minutes: 5 });
  expect(await ask(gateway, client)).toBe('HTTP/1.1 200 OK');
  expect(responder.asked).toHaveLength(1);
});

test('nobody is asked about a certificate that is refused anyway, or of which nothing is demanded', async () => {
  const responder = await startResponder({ issuer: issuing, revoked: [client] });
  const strict = await gatewayWith(responder.url);
  expect(await ask(strict, expired)).toBe('HTTP/1.1 400 Bad Request');
  const passthrough = await gatewayWith(responder.url, { verifyClientAuthMode: 'Passthrough' });
  expect(await ask(passthrough, client)).toBe('HTTP/1.1 200 OK');
  const unchecked = await gatewayWith(responder.url, { verifyClientRevocation: 'None' });
  expect(await ask(unchecked, client)).toBe('HTTP/1.1 200 OK');
  expect(responder.asked).toEqual([]);
});

test('the issuer may come from the client, where the root alone is uploaded', async () => {
  const responder = await startResponder({ issuer: issuing, good: [client] });
  const trusted = [Buffer.from(root.cert).toString('base64')];
  const gateway = await gatewayWith(responder.url, { trusted });
  // Since Node.js 24 a server is not told what else than its own certificate a client has sent.
  const isTold = Number(process.versions.node.split('.')[0]) < 24;
  const expected = isTold ? 'HTTP/1.1 200 OK' : 'HTTP/1.1 400 Bad Request';
  expect(await ask(gateway, { cert: client.cert + issuing.cert, key: client.key })).toBe(expected);
});

test('a connection cannot be resumed without the responder being asked', async () => {
  const responder = await startResponder({ issuer: issuing, good: [client] });
  const trusted = [Buffer.from(issuing.cert + root.cert).toString('base64')];
  const gateway = await gatewayWith(responder.url, { trusted });
  const identity = { cert: client.cert + issuing.cert, key: client.key };
  const before = await shakeHands(gateway, identity);
  await request(before, ['GET / HTTP/1.1', 'Host: shop.test']);
  const session = before.getSession();
  responder.use({ issuer: issuing, revoked: [client] });
  const after = await shakeHands(gateway, { ...identity, ...(session === undefined ? {} : { session }) });
  expect(await request(after, ['GET / HTTP/1.1', 'Host: shop.test'])).toMatch(/^HTTP\/1.1 400/);
  expect(verificationOf(gateway)).toBe('FAILED:certificate revoked');
});

test('what a client sends while the responder is asked is not lost', async () => {
  const responder = await startResponder({ issuer: issuing, good: [client] });
  const gateway = await gatewayWith(responder.url, {}, true);
  const session = connectHttp2(`https://localhost:${portOfListener(gateway)}`, {
    rejectUnauthorized: false,
    cert: client.cert,
    key: client.key,
  });
  onTestFinished(() => session.destroy());
  const stream = session.request({ ':method': 'POST', ':path': '/x' });
  stream.end('abc');
  const [head] = await once(stream, 'response');
  expect(head[':status']).toBe(200);
  let text = '';
  for await (const chunk of stream) text += String(chunk);
  expect(JSON.parse(text)).toMatchObject({ method: 'POST', body: 'abc' });
});
