import { expect, test } from 'vitest';
import type { ClientHello } from '../../../src/runtime/listeners/tls/client-hello.ts';
import { ja4Fingerprint } from '../../../src/runtime/listeners/tls/ja4-fingerprint.ts';
import { oneListener, type policyOf, request, shakeHands, startTlsGateway } from './fixture.ts';

const numbers = (text: string) => text.split(' ').map((each) => Number.parseInt(each, 16));

/** The worked example of the specification. */
const chrome: ClientHello = {
  serverName: 'example.com',
  versions: numbers('4a4a 0304 0303'),
  cipherSuites: numbers('8a8a 1301 1302 1303 c02b c02f c02c c030 cca9 cca8 c013 c014 009c 009d 002f 0035'),
  extensions: numbers('1a1a 001b 0000 0033 0010 4469 0017 002d 000d 0005 0023 0012 002b ff01 000b 000a 0015'),
  signatureAlgorithms: numbers('0403 0804 0401 0503 0805 0501 0806 0601'),
  protocols: ['h2', 'http/1.1'],
};

// https://github.com/FoxIO-LLC/ja4/blob/main/technical_details/JA4.md
test.each<[string, Partial<ClientHello>, string]>([
  ['the example of the specification', {}, 't13d1516h2_8daaf6152771_e5627efa2ab1'],
  [
    'the same in another order',
    { cipherSuites: chrome.cipherSuites.toReversed(), extensions: chrome.extensions.toReversed() },
    't13d1516h2_8daaf6152771_e5627efa2ab1',
  ],
  ['one that prefers HTTP/1.1', { protocols: ['http/1.1'] }, 't13d1516h1_8daaf6152771_e5627efa2ab1'],
  ['one without protocols', { protocols: [] }, 't13d151600_8daaf6152771_e5627efa2ab1'],
  ['one with a protocol of one letter', { protocols: ['x'] }, 't13d1516xx_8daaf6152771_e5627efa2ab1'],
  ['one with a protocol of odd bytes', { protocols: ['\xab\xcd'] }, 't13d1516ad_8daaf6152771_e5627efa2ab1'],
  ['one of TLS 1.2', { versions: [0x0303] }, 't12d1516h2_8daaf6152771_e5627efa2ab1'],
  ['one of a version to come', { versions: [0x0305] }, 't00d1516h2_8daaf6152771_e5627efa2ab1'],
  [
    'one without anything',
    { versions: [0x0303], cipherSuites: [], extensions: [], signatureAlgorithms: [], protocols: [] },
    't12i000000_000000000000_000000000000',
  ],
  [
    'one without signature algorithms',
    { extensions: [0x0a], signatureAlgorithms: [] },
    't13i1501h2_8daaf6152771_a8f3e973773c',
  ],
])('the fingerprint of %s', (_name, changes, expected) => {
  expect(ja4Fingerprint({ ...chrome, ...changes })).toBe(expected);
});

async function headersSeen(policy: Parameters<typeof policyOf>[0] | undefined): Promise<Record<string, string>> {
  const gateway = await startTlsGateway({ spec: oneListener, ...(policy === undefined ? {} : { policy }) });
  const socket = await shakeHands(gateway, {
    servername: 'a.test',
    maxVersion: 'TLSv1.2',
    ciphers: 'AES128-SHA:ECDHE-RSA-AES128-GCM-SHA256',
  });
  const answer = await request(socket, ['GET / HTTP/1.1', 'Host: a.test', 'X-Azure-JA4-Fingerprint: forged']);
  const { headers } = JSON.parse(/\{.*\}/s.exec(answer)?.[0] ?? '') as { headers: Record<string, string> };
  return headers;
}

// https://learn.microsoft.com/azure/application-gateway/how-application-gateway-works#modifications-to-the-request
test.each([
  ['the default policy', undefined],
  ['a policy of 2022', { policyType: 'Predefined', policyName: 'AppGwSslPolicy20220101S' }],
  ['CustomV2', { policyType: 'CustomV2', cipherSuites: ['TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256'] }],
] as const)('a backend is told the fingerprint under %s', async (_name, policy) => {
  // OpenSSL of Node.js 20 adds a third suite, the one that stands for secure renegotiation.
  expect((await headersSeen(policy))['x-azure-ja4-fingerprint']).toMatch(/^t12d0[23]\d\d00_[\da-f]{12}_[\da-f]{12}$/);
});

test.each([
  ['an older policy', { policyType: 'Predefined', policyName: 'AppGwSslPolicy20170401S' }],
  ['Custom', { policyType: 'Custom', cipherSuites: ['TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256'] }],
] as const)('a backend is told none under %s, not even a forged one', async (_name, policy) => {
  expect(await headersSeen(policy)).not.toHaveProperty('x-azure-ja4-fingerprint');
});
