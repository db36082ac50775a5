import { X509Certificate } from 'node:crypto';
import { expect, test } from 'vitest';
import { EmulatorEvents } from '../../../src/observability/emulator-events.ts';
import { authority, forHosts, make, pfx } from '../../certificates/pki.ts';
import {
  failedHandshake,
  type ListenerTlsSpec,
  makeTlsGateway,
  oneListener,
  request,
  sClient,
  shakeHands,
  startTlsGateway,
} from './fixture.ts';

const root = make({ subject: '/O=Contoso/CN=Root', extensions: authority });
const issuing = make({ subject: '/O=Contoso/CN=Issuing', issuer: root, extensions: authority });
const shop = make({ subject: '/CN=shop.test', issuer: issuing, keyType: 'rsa', extensions: forHosts('shop.test') });
const blog = make({ subject: '/CN=blog.test', issuer: issuing, extensions: forHosts('blog.test') });

const shopPfx: ListenerTlsSpec = { certificate: { data: pfx(shop, [root, issuing], 'agate'), password: 'agate' } };
const blogPfx: ListenerTlsSpec = { certificate: { data: pfx(blog, [issuing], 'agate'), password: 'agate' } };

async function subjectShown(...args: Parameters<typeof shakeHands>): Promise<string> {
  const socket = await shakeHands(...args);
  return socket.getPeerX509Certificate()?.subject ?? '';
}

test.each([
  ['modern', 'modern'],
  ['legacy', 'legacy'],
] as const)('a PFX file with %s encryption is shown with its chain in order', async (_name, form) => {
  const data = pfx(shop, [root, issuing], 'agate', form);
  const gateway = await startTlsGateway({
    spec: oneListener,
    tls: { tls: { certificate: { data, password: 'agate' } } },
  });
  const stdout = await sClient(gateway, '-servername', 'shop.test', '-showcerts');
  const subjects = [...stdout.matchAll(/^ *\d+ s:(.*)$/gm)].map(([, subject]) => subject?.replaceAll(' ', ''));
  expect(subjects).toEqual(['CN=shop.test', 'O=Contoso,CN=Issuing', 'O=Contoso,CN=Root']);
});

test('clients that trust the root accept the certificate of the template', async () => {
  const gateway = await startTlsGateway({ spec: oneListener, tls: { tls: shopPfx } });
  const socket = await shakeHands(gateway, { servername: 'shop.test', rejectUnauthorized: true, ca: [root.cert] });
  expect(socket.authorized).toBe(true);
});

const id = '/gateway/sslCertificates/tls-certificate';

// Messages as Azure has them.
// https://github.com/hashicorp/terraform-provider-azurerm/issues/6457
// https://github.com/Azure/azure-rest-api-specs/issues/1027
// https://github.com/MSOpenTech/azure-xplat-cli/issues/501
test.each<[string, NonNullable<ListenerTlsSpec['certificate']>, string]>([
  [
    'a wrong password',
    { data: pfx(shop, [], 'agate'), password: 'other' },
    `Password specified for certificate ${id} is incorrect. (ApplicationGatewaySslCertificatePasswordIncorrect)`,
  ],
  [
    'a wrong password for the old encryption',
    { data: pfx(shop, [], 'agate', 'legacy'), password: 'other' },
    `Password specified for certificate ${id} is incorrect. (ApplicationGatewaySslCertificatePasswordIncorrect)`,
  ],
  ['no password', { data: pfx(shop, [], 'agate') }, `Password not specified for certificate ${id}.`],
  [
    'half a file',
    { data: pfx(shop, [], 'agate').slice(0, 400), password: 'agate' },
    `Data or Password for certificate ${id} is invalid. (ApplicationGatewaySslCertificateInvalidData)`,
  ],
  [
    'PEM in place of the file',
    { data: Buffer.from(shop.cert + shop.key).toString('base64'), password: 'agate' },
    `Data or Password for certificate ${id} is invalid. (ApplicationGatewaySslCertificateInvalidData)`,
  ],
  [
    'a CER file, which has no key',
    { data: new X509Certificate(shop.cert).raw.toString('base64'), password: 'agate' },
    `Certificate ${id} does not have Private Key.`,
  ],
])('a listener with %s is disabled with the words of Azure, and the others work', async (_name, certificate, words) => {
  const events = new EmulatorEvents();
  const heard: string[] = [];
  events.on('notice', ({ message }) => heard.push(message));
  const gateway = await startTlsGateway(
    { spec: twoListeners, tls: { tls: { certificate }, blog: blogPfx } },
    { events },
  );
  expect(heard).toContain(`Listener 'tls' is disabled, as Azure would refuse its certificate: ${words}`);
  // https://learn.microsoft.com/azure/application-gateway/disabled-listeners
  expect(await failedHandshake(gateway, { servername: 'shop.test' })).toBe('ERR_SSL_TLSV1_UNRECOGNIZED_NAME');
  expect(await subjectShown(gateway, { servername: 'blog.test' })).toBe('CN=blog.test');
});

test.each(['GEN-CERT-DATA', '#{certificate}#', Buffer.from('no file').toString('base64')])(
  'a listener with the text %s in place of a certificate shows a stand-in, and that is said',
  async (data) => {
    const events = new EmulatorEvents();
    const heard: string[] = [];
    events.on('notice', ({ message }) => heard.push(message));
    const tls = { tls: { certificate: { data, password: 'agate' } }, blog: blogPfx };
    const gateway = await startTlsGateway({ spec: twoListeners, tls }, { events });
    expect(heard).toContain(
      `Listener 'tls' shows a certificate made by a local authority, as the template has only text in place of one: Data or Password for certificate ${id} is invalid. (ApplicationGatewaySslCertificateInvalidData)`,
    );
    expect(await subjectShown(gateway, { servername: 'shop.test' })).toMatch(/^CN=shop\.test\nO=Agate/);
  },
);

const twoListeners = {
  listeners: [
    { name: 'tls', protocol: 'Https', hosts: ['shop.test'] },
    { name: 'blog', protocol: 'Https', hosts: ['blog.test'] },
  ],
  rules: [
    { listener: 'tls', pool: 'web' },
    { listener: 'blog', pool: 'web' },
  ],
  pools: { web: ['10.0.0.4'] },
} as const;

test('a stand-in for a value that nobody gave is replaced by a certificate of the local authority', async () => {
  const gateway = await startTlsGateway({
    spec: twoListeners,
    tls: { tls: { certificate: { data: 'certdata', password: 'x', isStandIn: true } } },
  });
  const ca = [gateway.authority?.certificatePem ?? ''];
  const socket = await shakeHands(gateway, { servername: 'shop.test', rejectUnauthorized: true, ca });
  expect(socket.authorized).toBe(true);
});

const basicBeside = {
  ...twoListeners,
  listeners: [...twoListeners.listeners, { name: 'basic', protocol: 'Https' }],
  rules: [...twoListeners.rules, { listener: 'basic', pool: 'web' }],
} as const;
const basicCertificate = make({ subject: '/CN=basic.test' });
const basicPfx: ListenerTlsSpec = { certificate: { data: pfx(basicCertificate, [], 'agate'), password: 'agate' } };

// https://learn.microsoft.com/azure/application-gateway/ssl-overview#sni-differences
test.each([
  ['v2', twoListeners, 'shop.test', 'CN=shop.test'],
  ['v2', twoListeners, 'BLOG.test', 'CN=blog.test'],
  ['v2', twoListeners, 'blog.test.localhost', 'CN=blog.test'],
  ['v2', twoListeners, 'unknown.test', 'CN=shop.test'],
  ['v2', twoListeners, '', 'CN=shop.test'],
  ['v2', basicBeside, 'unknown.test', 'CN=basic.test'],
  ['v2', basicBeside, '', 'CN=basic.test'],
  ['v1', twoListeners, 'blog.test', 'CN=blog.test'],
  ['v1', twoListeners, 'unknown.test', 'ECONNRESET'],
  ['v1', twoListeners, '', 'ECONNRESET'],
  ['v1', basicBeside, 'unknown.test', 'CN=basic.test'],
  ['v1', basicBeside, '', 'CN=basic.test'],
] as const)('%s %#: server name "%s" leads to %s', async (generation, spec, servername, expected) => {
  const tls = { tls: shopPfx, blog: blogPfx, basic: basicPfx };
  const gateway = await startTlsGateway({ spec: { ...spec, generation }, tls });
  const shown = await subjectShown(gateway, { servername }).catch((error: NodeJS.ErrnoException) => error.code);
  expect(shown).toBe(expected);
});

test('v1 shows a listener that does not need the server name to those who send none', async () => {
  const tls = { tls: shopPfx, blog: { ...blogPfx, requireServerNameIndication: false } };
  const gateway = await startTlsGateway({ spec: { ...twoListeners, generation: 'v1' }, tls });
  expect(await subjectShown(gateway, { servername: '' })).toBe('CN=blog.test');
});

test('a name that no listener has gets the first certificate and then 404', async () => {
  const gateway = await startTlsGateway({ spec: twoListeners, tls: { tls: shopPfx, blog: blogPfx } });
  const socket = await shakeHands(gateway, { servername: 'unknown.test' });
  expect(await request(socket, ['GET / HTTP/1.1', 'Host: unknown.test'])).toMatch(/^HTTP\/1.1 404 Not Found/);
});

test('another deployment shows its certificates from the next connection on', async () => {
  const gateway = await startTlsGateway({ spec: oneListener, tls: { tls: shopPfx } });
  const before = await shakeHands(gateway);
  await gateway.deploy(makeTlsGateway({ spec: oneListener, tls: { tls: blogPfx } }));
  expect(await subjectShown(gateway)).toBe('CN=blog.test');
  expect(await request(before, ['GET / HTTP/1.1', 'Host: a.test'])).toMatch(/^HTTP\/1.1 200 OK/);
});
