import { once } from 'node:events';
import type { ConnectionOptions, TLSSocket } from 'node:tls';
import { expect, test } from 'vitest';
import type { Emulator } from '../../../src/emulator/emulator.ts';
import { type ResponderSpec, startResponder } from '../../certificates/ocsp/responder.ts';
import { authority, forHosts, make, pfx } from '../../certificates/pki.ts';
import { oneListener, sClient, shakeHands, startTlsGateway } from './fixture.ts';

const url = 'http://ocsp.test';
const root = make({ subject: '/CN=Root', extensions: authority });
const site = make({
  subject: '/CN=shop.test',
  issuer: root,
  extensions: [...forHosts('shop.test'), `authorityInfoAccess=OCSP;URI:${url}`],
});
const plain = make({ subject: '/CN=shop.test', issuer: root, extensions: forHosts('shop.test') });

function gatewayWith(made: typeof site, responder: string): Promise<Emulator> {
  const certificate = { data: pfx(made, [root], 'agate'), password: 'agate' };
  return startTlsGateway(
    { spec: oneListener, tls: { tls: { certificate } } },
    { certificates: { responders: { [url]: responder } } },
  );
}

/** The types of Node 20 know it for sockets only. */
const asking: ConnectionOptions & { readonly requestOCSP: boolean } = { requestOCSP: true };

/** What comes with the certificate; null when nothing does. */
async function stapled(gateway: Emulator): Promise<Buffer | null> {
  let response: Buffer | null = null;
  const socket: TLSSocket = await shakeHands(gateway, asking, (connecting) =>
    connecting.on('OCSPResponse', (bytes: Buffer | null) => {
      response = bytes;
    }),
  );
  socket.end();
  await once(socket, 'close');
  return response;
}

/** Shakes hands until the responder's answer is there. */
async function firstStapled(gateway: Emulator): Promise<Buffer> {
  for (;;) {
    const response = await stapled(gateway);
    if (response !== null) return response;
  }
}

// https://learn.microsoft.com/azure/application-gateway/application-gateway-faq
test('a client that asks gets what the responder says of the certificate', async () => {
  const responder = await startResponder({ issuer: root, good: [site], minutes: 60 });
  const gateway = await gatewayWith(site, responder.url);
  // Nobody waits for the responder.
  expect(await stapled(gateway)).toBeNull();
  expect((await firstStapled(gateway)).length).toBeGreaterThan(0);
  expect(await sClient(gateway, '-status')).toContain('Cert Status: good');
  expect(responder.asked).toHaveLength(1);
});

test.each<[string, typeof site, Omit<ResponderSpec, 'issuer'>, number]>([
  ['that is revoked', site, { revoked: [site], minutes: 60 }, 1],
  ['that the responder does not know', site, { minutes: 60 }, 1],
  ['that names no responder', plain, { good: [plain], minutes: 60 }, 0],
])('a certificate %s comes alone', async (_name, made, spec, questions) => {
  const responder = await startResponder({ issuer: root, ...spec });
  const gateway = await gatewayWith(made, responder.url);
  expect(await stapled(gateway)).toBeNull();
  expect(await stapled(gateway)).toBeNull();
  expect(responder.asked.length).toBeLessThanOrEqual(questions);
});
