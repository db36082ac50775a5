import { X509Certificate } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Emulator } from '../../../src/emulator/emulator.ts';
import { authority, forClients, type Made, make } from '../../certificates/pki.ts';
import type { GatewaySpec } from '../../routing/gateway-spec.ts';
import { type ListenerTlsSpec, makeTlsGateway, oneListener, request, shakeHands, startTlsGateway } from './fixture.ts';

const root = make({ subject: '/O=Contoso/CN=Root', extensions: authority });
const issuing = make({ subject: '/O=Contoso/CN=Issuing', issuer: root, extensions: authority });
const otherRoot = make({ subject: '/O=Fabrikam/CN=Root', extensions: authority });
const client = make({ subject: '/O=Contoso/CN=client', issuer: issuing, extensions: forClients });
const ofRoot = make({ subject: '/CN=of root', issuer: root, extensions: forClients });

/** As an upload is: PEM in base64. */
function upload(...certificates: readonly Made[]): string {
  return Buffer.from(certificates.map(({ cert }) => cert).join('')).toString('base64');
}

const chain = upload(issuing, root);

function gatewayWith(
  profile: NonNullable<ListenerTlsSpec['profile']>,
  spec: GatewaySpec = oneListener,
): Promise<Emulator> {
  return startTlsGateway({ spec, tls: { tls: { profile: { trusted: [chain], ...profile } } } });
}

async function ask(gateway: Emulator, made: Made | null, servername = ''): Promise<string> {
  const identity = made === null ? {} : { cert: made.cert, key: made.key };
  const socket = await shakeHands(gateway, { ...identity, servername });
  return request(socket, ['GET / HTTP/1.1', 'Host: shop.test']);
}

const noCertificate = /^HTTP\/1.1 400 Bad Request[\s\S]*No required SSL certificate was sent/;
const wrongCertificate = /^HTTP\/1.1 400 Bad Request[\s\S]*The SSL certificate error/;
const served = /^HTTP\/1.1 200 OK/;

// https://learn.microsoft.com/azure/application-gateway/mutual-authentication-overview
// https://learn.microsoft.com/troubleshoot/azure/application-gateway/mutual-authentication-troubleshooting
test.each<[string, NonNullable<ListenerTlsSpec['profile']>, Made | null, RegExp, string]>([
  ['a certificate under the root', {}, client, served, 'SUCCESS'],
  ['no certificate', {}, null, noCertificate, 'NONE'],
  [
    'a certificate of another authority',
    {},
    make({ subject: '/CN=x', issuer: otherRoot, extensions: forClients }),
    wrongCertificate,
    'FAILED:unable to verify leaf signature',
  ],
  [
    'a self-signed certificate',
    {},
    make({ subject: '/CN=self', extensions: forClients }),
    wrongCertificate,
    'FAILED:depth zero self signed cert',
  ],
  [
    'an expired certificate',
    {},
    make({ subject: '/CN=old', issuer: issuing, extensions: forClients, days: -1 }),
    wrongCertificate,
    'FAILED:cert has expired',
  ],
  [
    'a certificate for servers',
    {},
    make({ subject: '/CN=server', issuer: issuing, extensions: ['extendedKeyUsage=serverAuth'] }),
    wrongCertificate,
    'FAILED:invalid purpose',
  ],
  [
    'a certificate without extended key usage',
    {},
    make({ subject: '/CN=any', issuer: issuing }),
    wrongCertificate,
    'FAILED:its extended key usage does not name client authentication',
  ],
  [
    'a certificate of the lowest authority, which is asked for',
    { verifyClientCertIssuerDN: true },
    client,
    served,
    'SUCCESS',
  ],
  [
    'a certificate of the root where the lowest authority is asked for',
    { verifyClientCertIssuerDN: true },
    ofRoot,
    wrongCertificate,
    'FAILED:its issuer is not the lowest authority of the trusted chain',
  ],
  ['a certificate of the root where that is not asked for', {}, ofRoot, served, 'SUCCESS'],
  [
    'a certificate of the root, which is the lowest of its chain',
    { verifyClientCertIssuerDN: true, trusted: [upload(root)] },
    ofRoot,
    served,
    'SUCCESS',
  ],
  [
    'the longest chain of several under one root',
    { verifyClientCertIssuerDN: true, trusted: [upload(root), chain] },
    client,
    served,
    'SUCCESS',
  ],
  [
    'a certificate without a responder where revocation is checked',
    { verifyClientRevocation: 'OCSP' },
    client,
    wrongCertificate,
    'FAILED:it names no OCSP responder',
  ],
  ['nothing in passthrough mode', { verifyClientAuthMode: 'Passthrough', trusted: [] }, null, served, 'NONE'],
  [
    'a certificate of nobody in passthrough mode',
    { verifyClientAuthMode: 'Passthrough', trusted: [] },
    make({ subject: '/CN=self' }),
    served,
    'PASSTHROUGH',
  ],
])('%s', async (_name, profile, made, answer, verification) => {
  const gateway = await gatewayWith(profile);
  expect(await ask(gateway, made)).toMatch(answer);
  const { request: asked, errorInfo } = gateway.requests()[0] ?? {};
  expect(asked?.tls?.clientCertificate?.verification ?? 'NONE').toBe(verification);
  expect(errorInfo).toBe(answer === served ? 'ERRORINFO_NO_ERROR' : 'ERRORINFO_HTTPS_NO_CERT');
});

test('a profile without trusted certificates asks for none', async () => {
  const gateway = await gatewayWith({ trusted: [] });
  expect(await ask(gateway, null)).toMatch(served);
});

test('rewrites can pass the certificate on to the backend', async () => {
  const names = ['verification', 'fingerprint', 'issuer', 'serial', 'subject', 'start_date', 'end_date'];
  const lines = [
    ['X-Cert', '{var_client_certificate}'] as const,
    ...names.map((name) => [`X-${name.replace('_', '-')}`, `{var_client_certificate_${name}}`] as const),
  ];
  const gateway = await gatewayWith({}, { ...oneListener, ...rewriting(lines) });
  const answer = await ask(gateway, client);
  const { headers } = JSON.parse(/\{.*\}/s.exec(answer)?.[0] ?? '') as { headers: Record<string, string> };
  const certificate = new X509Certificate(client.cert);
  expect(decodeURIComponent(headers['x-cert'] ?? '')).toBe(certificate.toString());
  expect(headers['x-cert']).toMatch(/^-----BEGIN%20CERTIFICATE-----%0A\S*$/);
  expect(headers).toMatchObject({
    'x-verification': 'SUCCESS',
    'x-fingerprint': certificate.fingerprint.replaceAll(':', '').toLowerCase(),
    'x-issuer': 'CN=Issuing,O=Contoso',
    'x-subject': 'CN=client,O=Contoso',
    'x-serial': certificate.serialNumber,
    'x-start-date': certificate.validFrom,
    'x-end-date': certificate.validTo,
  });
});

function rewriting(request: readonly (readonly [string, string])[]): GatewaySpec {
  return { rules: [{ listener: 'tls', pool: 'web', rewrites: 'set' }], rewrites: { set: [{ request: [...request] }] } };
}

test('a connection that was made for a listener without client certificates does not reach one with them', async () => {
  const gateway = await startTlsGateway({
    spec: {
      listeners: [
        { name: 'open', protocol: 'Https', hosts: ['open.test'] },
        { name: 'tls', protocol: 'Https', hosts: ['shop.test'] },
      ],
      rules: [
        { listener: 'open', pool: 'web' },
        { listener: 'tls', pool: 'web' },
      ],
      pools: { web: ['10.0.0.4'] },
    },
    tls: { tls: { profile: { trusted: [chain] } } },
  });
  expect(await ask(gateway, null, 'open.test')).toMatch(/^HTTP\/1.1 400 Bad Request/);
  expect(await ask(gateway, client, 'shop.test')).toMatch(served);
});

test('a connection that is older than the demand for certificates does not get past it', async () => {
  const gateway = await startTlsGateway({ spec: oneListener });
  const before = await shakeHands(gateway);
  await gateway.deploy(makeTlsGateway({ spec: oneListener, tls: { tls: { profile: { trusted: [chain] } } } }));
  expect(await request(before, ['GET / HTTP/1.1', 'Host: shop.test'])).toMatch(/^HTTP\/1.1 400 Bad Request/);
  expect(await ask(gateway, client)).toMatch(served);
});
