import { expect, test } from 'vitest';
import type { SslPolicy } from '../../../src/gateway/model.ts';
import { cipherSuites, type SuiteGroup } from '../../../src/runtime/listeners/tls/cipher-suites.ts';
import { make, pfx } from '../../certificates/pki.ts';
import { oneListener, sClient, startTlsGateway } from './fixture.ts';

const rsa = pfx(make({ subject: '/CN=rsa', keyType: 'rsa' }), [], 'agate');
const predefined = (policyName: string): Partial<SslPolicy> => ({ policyType: 'Predefined', policyName });

interface Row {
  readonly policy: Partial<SslPolicy>;
  readonly generation?: 'v1';
  readonly versions: readonly Version[];
  /** Groups of suites with an RSA key that clients can use. */
  readonly groups: readonly SuiteGroup[];
}

type Version = 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3';

const flags: Readonly<Record<Version, string>> = {
  TLSv1: '-tls1',
  'TLSv1.1': '-tls1_1',
  'TLSv1.2': '-tls1_2',
  'TLSv1.3': '-tls1_3',
};

// https://learn.microsoft.com/azure/application-gateway/application-gateway-ssl-policy-overview#predefined-tls-policy
const rows: readonly Row[] = [
  { policy: predefined('AppGwSslPolicy20150501'), versions: ['TLSv1.2'], groups: ['B', 'C', 'D', 'F'] },
  {
    policy: predefined('AppGwSslPolicy20150501'),
    generation: 'v1',
    versions: ['TLSv1.2'],
    groups: ['B', 'C', 'D', 'E', 'F'],
  },
  { policy: predefined('AppGwSslPolicy20170401'), versions: ['TLSv1.2'], groups: ['B', 'D', 'F'] },
  { policy: predefined('AppGwSslPolicy20170401S'), versions: ['TLSv1.2'], groups: ['B', 'D', 'F'] },
  { policy: predefined('AppGwSslPolicy20220101'), versions: ['TLSv1.2', 'TLSv1.3'], groups: ['A', 'B', 'C'] },
  { policy: predefined('AppGwSslPolicy20220101S'), versions: ['TLSv1.2', 'TLSv1.3'], groups: ['A', 'B'] },
];

/** Suites that the `openssl` of this machine may offer; those with other keys could not work with the certificate. */
const suites = cipherSuites.filter(({ name, group }) => !/ECDSA|_DSS_/.test(name) && group !== 'H');

/** What a client gets that offers so much; null when the handshake fails. */
async function negotiated(gateway: Awaited<ReturnType<typeof startTlsGateway>>, ...args: readonly string[]) {
  const output = await sClient(gateway, ...args);
  return /^New, (\S+), Cipher is (?!\(NONE\))(\S+)$/m.exec(output)?.slice(1).join(' ') ?? null;
}

test.each(rows)('openssl s_client with $policy.policyName $generation: each suite and version', async (row) => {
  const gateway = await startTlsGateway({
    spec: { ...oneListener, generation: row.generation ?? 'v2' },
    policy: row.policy,
    tls: { tls: { certificate: { data: rsa, password: 'agate' } } },
  });
  const bySuite = suites.map(async ({ openSslName, group }) => {
    const args =
      group === 'A' ? ['-tls1_3', '-ciphersuites', openSslName] : ['-tls1_2', '-cipher', `${openSslName}:@SECLEVEL=0`];
    return [openSslName, (await negotiated(gateway, ...args)) !== null] as const;
  });
  const offered = suites.map(({ openSslName, group }) => [openSslName, row.groups.includes(group)]);
  expect(await Promise.all(bySuite)).toEqual(offered);
  const byVersion = Object.entries(flags).map(async ([version, flag]) => {
    const result = await negotiated(gateway, flag, '-cipher', 'ALL:@SECLEVEL=0');
    return [version, result !== null] as const;
  });
  const versions: readonly string[] = row.versions;
  expect(await Promise.all(byVersion)).toEqual(
    Object.keys(flags).map((version) => [version, versions.includes(version)]),
  );
});
