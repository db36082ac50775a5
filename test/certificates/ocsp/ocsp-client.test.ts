import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { type Clock, systemClock } from '../../../src/base/clock.ts';
import { OcspClient } from '../../../src/certificates/ocsp/ocsp-client.ts';
import { responderOf } from '../../../src/certificates/ocsp/revocation.ts';
import { StillClock } from '../../runtime/still-clock.ts';
import { authority, forClients, make } from '../pki.ts';
import { type ResponderSpec, startResponder } from './responder.ts';

const named = 'http://ocsp.test/path';
const aia = `authorityInfoAccess=OCSP;URI:${named}`;
const issuer = make({ subject: '/CN=Issuing', extensions: authority });
const rsaIssuer = make({ subject: '/CN=Issuing', keyType: 'rsa', extensions: authority });
const client = make({ subject: '/CN=client', issuer, extensions: [...forClients, aia] });
const ofRsa = make({ subject: '/CN=client', issuer: rsaIssuer, extensions: [...forClients, aia] });
const delegate = make({ subject: '/CN=Responder', issuer, extensions: ['extendedKeyUsage=OCSPSigning'] });
const outdated = make({ subject: '/CN=Responder', issuer, extensions: ['extendedKeyUsage=OCSPSigning'], days: -1 });
const stranger = make({ subject: '/CN=Responder', extensions: ['extendedKeyUsage=OCSPSigning'] });
const impostor = make({ subject: '/CN=Issuing', extensions: authority });

const asCertificates = ({ cert }: typeof client, by: typeof client) =>
  [new X509Certificate(cert), new X509Certificate(by.cert)] as const;

const unsigned = `its OCSP responder ${named} is of no help: its answer is signed neither by the issuer nor by whom that has entrusted`;

// https://www.rfc-editor.org/rfc/rfc6960#section-3.2
test.each<[string, Omit<ResponderSpec, 'issuer'>, string]>([
  ['good', { good: [client] }, 'good'],
  ['revoked', { revoked: [client] }, 'revoked'],
  ['unknown', {}, 'unknown'],
  ['good in the words of a delegate', { good: [client], delegate }, 'good'],
  ['revoked in the words of a delegate', { revoked: [client], delegate }, 'revoked'],
  ['nothing in the words of somebody with a client certificate', { good: [client], delegate: client }, unsigned],
  ['nothing in the words of a delegate of the past', { good: [client], delegate: outdated }, unsigned],
  ['nothing in the words of a stranger', { good: [client], delegate: stranger }, unsigned],
  ['nothing in the words of somebody with the name of the issuer', { good: [client], delegate: impostor }, unsigned],
])('a certificate is %s', async (_name, spec, expected) => {
  const { url } = await startResponder({ issuer, ...spec });
  const answer = await new OcspClient(systemClock, { [named]: url }).statusOf(...asCertificates(client, issuer));
  expect(answer.kind === 'answered' ? answer.status : answer.why).toBe(expected);
});

test('an authority with an RSA key is understood as well', async () => {
  const { url } = await startResponder({ issuer: rsaIssuer, good: [ofRsa] });
  const answer = await new OcspClient(systemClock, { [named]: url }).statusOf(...asCertificates(ofRsa, rsaIssuer));
  expect(answer).toMatchObject({ kind: 'answered', status: 'good' });
});

test('the question goes to the URL in the certificate, with GET', async () => {
  const responder = await startResponder({ issuer });
  const extensions = [`authorityInfoAccess=OCSP;URI:${responder.url}/`];
  const made = make({ subject: '/CN=direct', issuer, extensions });
  responder.use({ issuer, good: [made] });
  const answer = await new OcspClient(systemClock).statusOf(...asCertificates(made, issuer));
  expect(answer).toMatchObject({ kind: 'answered', status: 'good' });
  expect(responder.asked).toEqual([expect.stringMatching(/^GET \/M[\w%]+$/)]);
});

/** Time that can be set; timers are real. */
function clockAt(now: () => number): Clock {
  return { ...systemClock, now };
}

test('an answer is kept for as long as it holds, and asked for once at a time', async () => {
  let now = Date.now();
  const responder = await startResponder({ issuer, good: [client], minutes: 10 });
  const ocsp = new OcspClient(
    clockAt(() => now),
    { [`${named}/`]: responder.url },
  );
  const ask = () => ocsp.statusOf(...asCertificates(client, issuer));
  expect(await Promise.all([ask(), ask(), ask()])).toMatchObject([{ status: 'good' }, { status: 'good' }, {}]);
  expect(await ask()).toMatchObject({ status: 'good' });
  expect(responder.asked).toHaveLength(1);
  responder.use({ issuer, revoked: [client], minutes: 60 });
  now += 11 * 60_000;
  expect(await ask()).toMatchObject({ status: 'revoked' });
  expect(responder.asked).toHaveLength(2);
});

test('an answer that does not say how long it holds is not kept', async () => {
  const responder = await startResponder({ issuer, good: [client] });
  const ocsp = new OcspClient(systemClock, { [named]: responder.url });
  await ocsp.statusOf(...asCertificates(client, issuer));
  await ocsp.statusOf(...asCertificates(client, issuer));
  expect(responder.asked).toHaveLength(2);
});

test.each([
  ['out of date', 30 * 60_000, 'its answer is out of date'],
  ['of the future', -30 * 60_000, 'its answer is of the future'],
])('an answer that is %s does not count', async (_name, later, why) => {
  const { url } = await startResponder({ issuer, good: [client], minutes: 10 });
  const clock = clockAt(() => Date.now() + later);
  const answer = await new OcspClient(clock, { [named]: url }).statusOf(...asCertificates(client, issuer));
  expect(answer).toEqual({ kind: 'unavailable', why: `its OCSP responder ${named} is of no help: ${why}` });
});

test('an answer about another certificate does not count', async () => {
  const other = make({ subject: '/CN=other', issuer, extensions: [aia] });
  const { url } = await startResponder({ issuer, good: [other] });
  let recorded = Buffer.alloc(0);
  const replay = await startHttp((_incoming, outgoing) => outgoing.end(recorded));
  const first = await new OcspClient(systemClock, { [named]: url }).statusOf(...asCertificates(other, issuer));
  if (first.kind === 'answered') recorded = Buffer.from(first.response);
  const answer = await new OcspClient(systemClock, { [named]: replay }).statusOf(...asCertificates(client, issuer));
  expect(answer).toMatchObject({ why: expect.stringContaining('its answer is about another certificate') });
});

async function startHttp(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const refusal = Buffer.from([0x30, 0x03, 0x0a, 0x01, 0x06]);

test.each<[string, RequestListener, string]>([
  ['with 404', (_incoming, outgoing) => outgoing.writeHead(404).end(), 'it answers 404'],
  ['with a redirect', (_incoming, outgoing) => outgoing.writeHead(302, { location: '/x' }).end(), 'redirect'],
  ['with a page', (_incoming, outgoing) => outgoing.end('<p>hello</p>'), 'its answer is none of OCSP'],
  ['with nothing', (_incoming, outgoing) => outgoing.end(), 'its answer is none of OCSP'],
  ['that it is not authorized', (_incoming, outgoing) => outgoing.end(refusal), 'it answers with the status 6'],
  ['without end', (_incoming, outgoing) => outgoing.end(Buffer.alloc(1024 * 1024)), 'its answer is too large'],
  ['not at all', (incoming) => incoming.socket.destroy(), 'other side closed'],
])('a responder that answers %s is of no help', async (_name, listener, why) => {
  const ocsp = new OcspClient(systemClock, { [named]: await startHttp(listener) });
  const answer = await ocsp.statusOf(...asCertificates(client, issuer));
  expect(answer).toMatchObject({ kind: 'unavailable', why: expect.stringContaining(why) });
});

test('a responder that cannot be reached is of no help', async () => {
  const ocsp = new OcspClient(systemClock, { [named]: 'http://127.0.0.1:1' });
  const answer = await ocsp.statusOf(...asCertificates(client, issuer));
  expect(answer).toMatchObject({
    kind: 'unavailable',
    why: expect.stringMatching(/of no help: .*(ECONNREFUSED|bad port)/),
  });
});

test('a responder that is silent is given up after ten seconds', async () => {
  const clock = new StillClock();
  const url = await startHttp(() => clock.advance(10_000));
  const answer = await new OcspClient(clock, { [named]: url }).statusOf(...asCertificates(client, issuer));
  expect(answer).toMatchObject({ kind: 'unavailable', why: expect.stringContaining('it did not answer in 10 s') });
});

test('nobody waits for a silent responder when all is over', async () => {
  const ocsp: OcspClient = new OcspClient(new StillClock(), { [named]: await startHttp(() => ocsp.dispose()) });
  const why = `its OCSP responder ${named} is of no help: the gateway was stopped`;
  const ask = () => ocsp.statusOf(...asCertificates(client, issuer));
  expect(await ask()).toEqual({ kind: 'unavailable', why });
  expect(await ask()).toEqual({ kind: 'unavailable', why });
});

test.each([
  ['no access information', [], null],
  ['a responder', [aia], named],
  ['a responder and the issuer', [`authorityInfoAccess=caIssuers;URI:http://ca.test/a.crt,OCSP;URI:${named}`], named],
  ['a responder that is not of HTTP', ['authorityInfoAccess=OCSP;URI:ldap://ocsp.test'], null],
])('the responder of a certificate with %s', (_name, extensions, expected) => {
  expect(responderOf(new X509Certificate(make({ subject: '/CN=a', extensions }).cert))).toBe(expected);
});
