import { getCiphers } from 'node:tls';
import { expect, test } from 'vitest';
import type { SslPolicy } from '../../../src/gateway/model.ts';
import { EmulatorEvents } from '../../../src/observability/emulator-events.ts';
import { cipherSuites, type SuiteGroup } from '../../../src/runtime/listeners/tls/cipher-suites.ts';
import { make, pfx } from '../../certificates/pki.ts';
import { failedHandshake, oneListener, policyOf, shakeHands, startTlsGateway, type TlsGatewaySpec } from './fixture.ts';

const certificates = {
  RSA: pfx(make({ subject: '/CN=rsa', keyType: 'rsa' }), [], 'agate'),
  ECDSA: pfx(make({ subject: '/CN=ec', keyType: 'ec' }), [], 'agate'),
};

type KeyType = keyof typeof certificates;

function gatewayWith(
  policy: Partial<SslPolicy> | undefined,
  keyType: KeyType,
  generation: 'v1' | 'v2',
  apiVersion: string,
) {
  const spec: TlsGatewaySpec = {
    spec: { ...oneListener, generation },
    apiVersion,
    ...(policy === undefined ? {} : { policy }),
    tls: { tls: { certificate: { data: certificates[keyType], password: 'agate' } } },
  };
  return startTlsGateway(spec);
}

interface Row {
  readonly name: string;
  readonly policy?: Partial<SslPolicy>;
  readonly generation?: 'v1' | 'v2';
  readonly apiVersion?: string;
  readonly versions: readonly ('TLSv1.2' | 'TLSv1.3')[];
  /** Groups of suites that clients can use; `suites` names them one by one instead. */
  readonly groups?: readonly SuiteGroup[];
  readonly suites?: readonly string[];
}

const predefined = (policyName: string): Partial<SslPolicy> => ({ policyType: 'Predefined', policyName });

// https://learn.microsoft.com/azure/application-gateway/application-gateway-ssl-policy-overview
// https://learn.microsoft.com/azure/application-gateway/application-gateway-tls-version-retirement
const rows: readonly Row[] = [
  {
    name: 'AppGwSslPolicy20150501',
    policy: predefined('AppGwSslPolicy20150501'),
    versions: ['TLSv1.2'],
    groups: ['B', 'C', 'C2', 'D', 'F'],
  },
  {
    name: 'AppGwSslPolicy20150501 on v1',
    policy: predefined('AppGwSslPolicy20150501'),
    generation: 'v1',
    versions: ['TLSv1.2'],
    groups: ['B', 'C', 'C2', 'D', 'E', 'F'],
  },
  {
    name: 'AppGwSslPolicy20170401',
    policy: predefined('AppGwSslPolicy20170401'),
    versions: ['TLSv1.2'],
    groups: ['B', 'C2', 'D', 'F'],
  },
  {
    name: 'AppGwSslPolicy20170401S',
    policy: predefined('AppGwSslPolicy20170401S'),
    versions: ['TLSv1.2'],
    groups: ['B', 'C2', 'D', 'F'],
  },
  {
    name: 'AppGwSslPolicy20220101',
    policy: predefined('appgwsslpolicy20220101'),
    versions: ['TLSv1.2', 'TLSv1.3'],
    groups: ['A', 'B', 'C', 'C2'],
  },
  {
    name: 'AppGwSslPolicy20220101S',
    policy: predefined('AppGwSslPolicy20220101S'),
    versions: ['TLSv1.2', 'TLSv1.3'],
    groups: ['A', 'B'],
  },
  {
    name: 'the default since 2023-02-01',
    apiVersion: '2023-02-01',
    versions: ['TLSv1.2', 'TLSv1.3'],
    groups: ['A', 'B', 'C', 'C2'],
  },
  {
    name: 'the default before 2023-02-01',
    apiVersion: '2022-09-01',
    versions: ['TLSv1.2'],
    groups: ['B', 'C', 'C2', 'D', 'F'],
  },
  {
    name: 'Custom',
    policy: {
      policyType: 'Custom',
      minProtocolVersion: 'TLSv1_1',
      cipherSuites: [
        'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
        'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256',
        'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256',
        'TLS_RSA_WITH_AES_128_CBC_SHA',
      ],
    },
    versions: ['TLSv1.2'],
    suites: ['ECDHE-RSA-AES128-GCM-SHA256', 'AES128-SHA'],
  },
  {
    name: 'CustomV2 from TLS 1.2 on',
    policy: {
      policyType: 'CustomV2',
      minProtocolVersion: 'TLSv1_2',
      cipherSuites: ['TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384', 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384'],
    },
    versions: ['TLSv1.2', 'TLSv1.3'],
    suites: [
      'TLS_AES_128_GCM_SHA256',
      'TLS_AES_256_GCM_SHA384',
      'ECDHE-ECDSA-AES256-GCM-SHA384',
      'ECDHE-RSA-AES256-GCM-SHA384',
    ],
  },
  {
    name: 'CustomV2 from TLS 1.3 on',
    policy: { policyType: 'CustomV2', minProtocolVersion: 'TLSv1_3', cipherSuites: [] },
    versions: ['TLSv1.3'],
    suites: ['TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384'],
  },
];

const available = new Set(getCiphers());
const is13 = (suite: string) => suite.startsWith('TLS_');

/** All suites that this Node can offer as a client, those of no policy included, for a certificate of one kind. */
function suitesToTry(keyType: KeyType): string[] {
  const others = ['TLS_CHACHA20_POLY1305_SHA256', `ECDHE-${keyType}-CHACHA20-POLY1305`];
  const known = cipherSuites.map(({ openSslName }) => openSslName).filter((name) => available.has(name.toLowerCase()));
  const ofKey = known.filter((name) => is13(name) || name.includes('ECDSA') === (keyType === 'ECDSA'));
  return [...ofKey, ...others];
}

function offered(row: Row, suite: string): boolean {
  const group = cipherSuites.find(({ openSslName }) => openSslName === suite)?.group;
  return row.suites?.includes(suite) ?? (group !== undefined && row.groups?.includes(group) === true);
}

const everything = 'ALL:@SECLEVEL=0';

test.each(rows)('$name accepts each version and suite that it has, and no other', async (row) => {
  for (const keyType of ['RSA', 'ECDSA'] as const) {
    const gateway = await gatewayWith(row.policy, keyType, row.generation ?? 'v2', row.apiVersion ?? '2024-05-01');
    const accepted: string[] = [];
    const expected: string[] = [];
    for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
      for (const suite of suitesToTry(keyType).filter((name) => is13(name) === (version === 'TLSv1.3'))) {
        const ciphers = is13(suite) ? suite : `${suite}:@SECLEVEL=0`;
        const result = await failedHandshake(gateway, { minVersion: version, maxVersion: version, ciphers });
        if (result.startsWith('succeeded')) accepted.push(result);
        if (row.versions.includes(version) && offered(row, suite)) expected.push(`succeeded with ${version} ${suite}`);
      }
    }
    expect(accepted, keyType).toEqual(expected);
  }
});

test.each(rows)('$name refuses TLS 1.0 and 1.1', async (row) => {
  const gateway = await gatewayWith(row.policy, 'RSA', row.generation ?? 'v2', row.apiVersion ?? '2024-05-01');
  for (const version of ['TLSv1', 'TLSv1.1'] as const) {
    const result = await failedHandshake(gateway, { minVersion: version, maxVersion: version, ciphers: everything });
    expect(result).toBe('ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE');
  }
});

test('the order of a custom policy decides, not that of the client', async () => {
  const cipherSuites = ['TLS_RSA_WITH_AES_128_CBC_SHA', 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384'];
  const gateway = await gatewayWith({ policyType: 'Custom', cipherSuites }, 'RSA', 'v2', '2024-05-01');
  const socket = await shakeHands(gateway, { ciphers: 'ECDHE-RSA-AES256-GCM-SHA384:AES128-SHA:@SECLEVEL=0' });
  expect(socket.getCipher().name).toBe('AES128-SHA');
});

test.each<[string, Partial<SslPolicy>, string]>([
  [
    'a suite that OpenSSL has no more',
    { policyType: 'CustomV2', cipherSuites: ['TLS_RSA_WITH_3DES_EDE_CBC_SHA'] },
    "TLS policy of listener 'tls': OpenSSL of this Node.js does not offer TLS_RSA_WITH_3DES_EDE_CBC_SHA; clients cannot use it.",
  ],
  [
    'a suite that Azure does not negotiate',
    {
      policyType: 'Custom',
      cipherSuites: ['TLS_DHE_RSA_WITH_AES_128_GCM_SHA256', 'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256'],
    },
    "TLS policy of listener 'tls': Azure does not negotiate TLS_DHE_RSA_WITH_AES_128_GCM_SHA256, TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256, although the policy lists them.",
  ],
  [
    'an unknown suite',
    { policyType: 'CustomV2', cipherSuites: ['TLS_NULL'] },
    "TLS policy of listener 'tls': Unknown cipher suites are left out: TLS_NULL.",
  ],
  [
    'an unknown policy',
    { policyType: 'Predefined', policyName: 'AppGwSslPolicy2099' },
    "TLS policy of listener 'tls': There is no TLS policy 'AppGwSslPolicy2099'; AppGwSslPolicy20220101 takes its place.",
  ],
])('says so about %s', async (_name, policy, message) => {
  const events = new EmulatorEvents();
  const heard: string[] = [];
  events.on('notice', (notice) => heard.push(notice.message));
  await startTlsGateway({ spec: oneListener, policy }, { events });
  expect(heard).toContain(message);
});

test('a policy of which nothing is left lets nobody connect, rather than everybody', async () => {
  const policy: Partial<SslPolicy> = { policyType: 'Custom', cipherSuites: ['TLS_RSA_WITH_3DES_EDE_CBC_SHA'] };
  const gateway = await startTlsGateway({ spec: oneListener, policy });
  expect(await failedHandshake(gateway)).toBe('ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE');
});

test.each([
  ['lists suites of TLS 1.3 alone', ['TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384']],
  ['lists nothing that is known', ['TLS_NULL']],
  ['lists what OpenSSL does not offer', ['TLS_DHE_DSS_WITH_AES_256_CBC_SHA']],
])('a policy from TLS 1.2 on that %s lets clients with TLS 1.3 connect', async (_which, suites) => {
  const policy: Partial<SslPolicy> = { policyType: 'CustomV2', minProtocolVersion: 'TLSv1_2', cipherSuites: suites };
  const gateway = await startTlsGateway({ spec: oneListener, policy });
  expect((await shakeHands(gateway, {})).getCipher().name).toBe('TLS_AES_128_GCM_SHA256');
  expect(await failedHandshake(gateway, { maxVersion: 'TLSv1.2' })).toMatch(/^ERR_SSL_/);
});

test('the policy of a profile counts for its listener alone', async () => {
  const gateway = await startTlsGateway({
    spec: {
      listeners: [
        { name: 'old', protocol: 'Https', hosts: ['old.test'] },
        { name: 'new', protocol: 'Https', hosts: ['new.test'] },
      ],
      rules: [
        { listener: 'old', pool: 'web' },
        { listener: 'new', pool: 'web' },
      ],
      pools: { web: ['10.0.0.4'] },
    },
    policy: predefined('AppGwSslPolicy20220101'),
    tls: { new: { profile: { sslPolicy: policyOf({ policyType: 'CustomV2', minProtocolVersion: 'TLSv1_3' }) } } },
  });
  const tls12 = { maxVersion: 'TLSv1.2' } as const;
  expect(await failedHandshake(gateway, { ...tls12, servername: 'old.test' })).toMatch(/^succeeded with TLSv1.2/);
  expect(await failedHandshake(gateway, { ...tls12, servername: 'new.test' })).toBe(
    'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION',
  );
  expect(await failedHandshake(gateway, { servername: 'new.test' })).toMatch(/^succeeded with TLSv1.3/);
});
