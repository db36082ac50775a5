import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CertificateFiles } from '../../src/certificates/certificate-files.ts';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { EmulatorEvents, type Notice } from '../../src/observability/emulator-events.ts';
import { forHosts, make } from '../certificates/pki.ts';
import { StillClock } from '../runtime/still-clock.ts';
import { failedHandshake, shakeHands, startTlsGateway } from '../runtime/tls/fixture.ts';

const fourHours = 4 * 60 * 60 * 1000;
const first = make({ subject: '/CN=first', extensions: forHosts('shop.test') });
const second = make({ subject: '/CN=second', extensions: forHosts('shop.test') });
const blog = make({ subject: '/CN=blog', extensions: forHosts('blog.test') });

let folder: string;
let named: CertificateFiles;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'agate-renewal-'));
  named = { byName: { shop: { path: at('shop.pem') }, blog: { path: at('blog.pem') } } };
  await write('shop.pem', first);
  await write('blog.pem', blog);
});

afterEach(() => rm(folder, { recursive: true }));

function write(name: string, { cert, key }: typeof first): Promise<void> {
  return writeFile(join(folder, name), cert + key);
}

async function startWithFiles(files: CertificateFiles = named) {
  const events = new EmulatorEvents();
  const clock = new StillClock();
  const secret = (name: string) => ({
    certificate: { keyVaultSecretId: `https://v.vault.azure.net/secrets/${name}` },
  });
  const gateway = await startTlsGateway(
    {
      spec: {
        listeners: [
          { name: 'shop', protocol: 'Https', hosts: ['shop.test'] },
          { name: 'blog', protocol: 'Https', hosts: ['blog.test'] },
        ],
        rules: [
          { listener: 'shop', pool: 'web' },
          { listener: 'blog', pool: 'web' },
        ],
        pools: { web: ['10.0.0.4'] },
      },
      tls: { shop: secret('shop'), blog: secret('blog') },
    },
    {
      events,
      clock,
      certificates: { files },
    },
  );
  /** Lets four hours pass, and gives what is said then. */
  const renew = () =>
    new Promise<Notice>((resolve) => {
      events.on('notice', resolve);
      clock.advance(fourHours);
    });
  return { gateway, renew };
}

const at = (name: string) => join(folder, name);

async function subjectFor(gateway: Emulator, servername: string): Promise<string | undefined> {
  return (await shakeHands(gateway, { servername })).getPeerX509Certificate()?.subject;
}

// https://learn.microsoft.com/azure/application-gateway/key-vault-certs
test('a renewed file is shown after four hours at the latest', async () => {
  const { gateway, renew } = await startWithFiles();
  expect(gateway.certificateFiles).toEqual([at('shop.pem'), at('blog.pem')]);
  await write('shop.pem', second);
  expect(await subjectFor(gateway, 'shop.test')).toBe('CN=first');
  const message = `The certificate in '${at('shop.pem')}' has changed and is shown from now on.`;
  expect(await renew()).toEqual({ severity: 'info', message });
  expect(await subjectFor(gateway, 'shop.test')).toBe('CN=second');
  expect(await subjectFor(gateway, 'blog.test')).toBe('CN=blog');
});

test('a renewed file is shown with the next deployment', async () => {
  const { gateway } = await startWithFiles();
  await write('shop.pem', second);
  await gateway.deploy(gateway.gateway);
  expect(await subjectFor(gateway, 'shop.test')).toBe('CN=second');
});

// https://learn.microsoft.com/azure/application-gateway/disabled-listeners
test.each([
  ['that was named', () => named],
  ['of a folder', () => ({ folder })],
  ['of a folder that was named', () => ({ byName: { shop: { path: folder }, blog: { path: folder } } })],
])('a file %s and is gone disables its listener until it is there again', async (_which, files) => {
  const { gateway, renew } = await startWithFiles(files());
  await rm(at('shop.pem'));
  expect((await renew()).message).toMatch(/^Listener 'shop' is disabled, as Azure would not find its certificate: /);
  expect(await failedHandshake(gateway, { servername: 'shop.test' })).toBe('ERR_SSL_TLSV1_UNRECOGNIZED_NAME');
  expect(await subjectFor(gateway, 'blog.test')).toBe('CN=blog');
  await write('shop.pem', second);
  expect((await renew()).severity).toBe('info');
  expect(await subjectFor(gateway, 'shop.test')).toBe('CN=second');
});
