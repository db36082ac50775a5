import { describe, expect, test } from 'vitest';
import type { BackendHttpSettings } from '../../../src/gateway/model.ts';
import { CertificateFault, describeCertificateFault } from '../../../src/runtime/probes/certificate-fault.ts';
import { probeMessages } from '../../../src/runtime/probes/probe-messages.ts';
import { authority, forClients, forHosts, type Made, make } from '../../certificates/pki.ts';
import { makeGateway } from '../../routing/gateway-fixture.ts';
import { ask, startGateway } from '../fixture.ts';
import { startSecure, upload } from '../tls/secure-backend.ts';
import { healthOf, probe, sources, testFacts } from './fact.ts';

const { ssl, health, settings, faq, badGateway } = sources;

// An authority without a purpose of its own, so that nothing but its place in the chain speaks against it.
const anyAuthority = ['basicConstraints=critical,CA:TRUE'];
const localhost = forHosts('localhost');
const root = make({ subject: '/CN=Root', extensions: authority });
const otherRoot = make({ subject: '/CN=Other Root', extensions: authority });
const issuing = make({ subject: '/CN=Issuing', issuer: root, extensions: anyAuthority });
const site = make({ subject: '/CN=localhost', issuer: issuing, extensions: localhost });
const renewed = make({ subject: '/CN=localhost', issuer: issuing, extensions: localhost });
const bySubject = make({ subject: '/CN=localhost', issuer: root });
const misnamed = make({ subject: '/CN=other.test', issuer: root, extensions: localhost });
const expired = make({ subject: '/CN=localhost', issuer: root, extensions: localhost, days: -1 });
const forClient = make({
  subject: '/CN=localhost',
  issuer: root,
  extensions: ['subjectAltName=DNS:localhost', ...forClients],
});
const selfSigned = make({ subject: '/CN=localhost', extensions: localhost });
const selfSignedAuthority = make({
  subject: '/CN=localhost',
  extensions: [...anyAuthority, 'subjectAltName=DNS:localhost'],
});
const anywhere = make({ subject: '/CN=a', extensions: forHosts('localhost', 'api.test', 'shop.test', 'sni.test') });

const success = probeMessages.success(200);
type Shown = readonly [Made, ...Made[]];

async function startBefore(
  shown: Shown,
  generation: 'v1' | 'v2',
  member: string,
  described: Partial<BackendHttpSettings>,
) {
  const backend = await startSecure(shown[0], shown.slice(1), { requestCert: true, rejectUnauthorized: false });
  const ofSettings = { protocol: 'Https', port: backend.port, ...described } as const;
  const spec = { generation, rules: [{ pool: 'web' }], pools: { web: [member] }, settings: { settings: ofSettings } };
  return { backend, gateway: await startGateway(spec, { unmapped: 'live' }) };
}

type Verdict = readonly [
  fact: string,
  source: string,
  shown: Shown,
  described: Partial<BackendHttpSettings>,
  log: string,
];

/** Health tells the reason, and requests get 502 for any. */
function testVerdicts(generation: 'v1' | 'v2', member: string, verdicts: readonly Verdict[]): void {
  describe(`what ${generation} thinks of certificates of ${member}`, () => {
    test.each(verdicts)('%s (%s)', async (_fact, _source, shown, described, log) => {
      const { gateway } = await startBefore(shown, generation, member, described);
      expect(healthOf(gateway)).toEqual([[log === success ? 'Healthy' : 'Unhealthy', log]]);
      expect((await ask(gateway, '/x')).status).toBe(log === success ? 200 : 502);
    });
  });
}

const named = { hostName: 'localhost' };
const trusting = (...made: readonly Made[]) => ({ ...named, trustedRootCertificates: made.map(upload) });

testVerdicts('v2', '127.0.0.1', [
  ['a chain to an uploaded root is good', settings, [site, issuing], trusting(root), success],
  ['and so it is with the root', ssl, [site, issuing, root], trusting(otherRoot, root), success],
  ['an intermediate is missing', health, [site], trusting(root), probeMessages.noIntermediate],
  ['the same without uploaded roots', health, [site], named, probeMessages.noIntermediate],
  ['self-signed, uploaded and no authority', health, [selfSigned], trusting(selfSigned), probeMessages.noIntermediate],
  ['self-signed and no authority', health, [selfSigned], named, probeMessages.noIntermediate],
  ['self-signed, uploaded and an authority', health, [selfSignedAuthority], trusting(selfSignedAuthority), success],
  ['self-signed, an authority and unknown', health, [selfSignedAuthority], named, probeMessages.unknownIssuer],
  ['self-signed, and another one uploaded', health, [selfSignedAuthority], trusting(root), probeMessages.rootMismatch],
  ['only the leaf is missing', health, [issuing, root], trusting(root), probeMessages.noLeaf],
  ['the leaf is not the first', health, [issuing, site, root], trusting(root), probeMessages.leafNotTopmost],
  ['a root that is shown and unknown', health, [site, issuing, root], named, probeMessages.unknownIssuer],
  ['an intermediate of an unknown root', health, [site, issuing], named, probeMessages.unknownIntermediate],
  [
    'an intermediate of another root',
    health,
    [site, issuing],
    trusting(otherRoot),
    probeMessages.intermediateNotByUploadedRoot,
  ],
  ['another root', health, [site, issuing, root], trusting(otherRoot), probeMessages.rootMismatch],
  ['expired', health, [expired], trusting(root), probeMessages.expired],
  ['not made for servers', health, [forClient], trusting(root), probeMessages.otherCertificateFault(26)],
  [
    'the name is not among the alternative names',
    health,
    [misnamed],
    { ...trusting(root), hostName: 'a.test' },
    probeMessages.commonName.v2,
  ],
  [
    'alternative names count, and not the common name',
    health,
    [misnamed],
    { ...trusting(root), hostName: 'other.test' },
    probeMessages.commonName.v2,
  ],
  ['the common name counts where there are no others', health, [bySubject], trusting(root), success],
  [
    'sniName is the name to have',
    settings,
    [misnamed],
    { ...trusting(root), hostName: 'a.test', sniName: 'localhost' },
    probeMessages.success(200),
  ],
  [
    'validateCertChainAndExpiry off: the chain does not matter, the name does',
    settings,
    [selfSigned],
    { hostName: 'a.test', validateCertChainAndExpiry: false },
    probeMessages.commonName.v2,
  ],
  [
    'validateCertChainAndExpiry off: neither does the expiry',
    settings,
    [expired],
    { ...named, validateCertChainAndExpiry: false },
    success,
  ],
  [
    'validateSNI off: the name does not matter, the chain does',
    settings,
    [site],
    { hostName: 'a.test', validateSNI: false },
    probeMessages.noIntermediate,
  ],
  [
    'validateSNI off: any name is good',
    settings,
    [site, issuing],
    { ...trusting(root), hostName: 'a.test', validateSNI: false },
    success,
  ],
  [
    'both off: anything goes',
    settings,
    [expired],
    { hostName: 'a.test', validateCertChainAndExpiry: false, validateSNI: false },
    success,
  ],
]);

const allowing = (...made: readonly Made[]) => ({ authenticationCertificates: made.map(upload) });

testVerdicts('v1', 'localhost', [
  ['the uploaded certificate itself is good', ssl, [site], allowing(site), success],
  ['another one of its authority is not', ssl, [renewed, issuing], allowing(site), probeMessages.unknownIssuer],
  ['not even if that was uploaded', ssl, [renewed, issuing], allowing(issuing), probeMessages.unknownIssuer],
  ['nothing is without an upload', ssl, [site, issuing], {}, probeMessages.unknownIssuer],
  ['the common name is that of the pool', health, [misnamed], allowing(misnamed), probeMessages.commonName.v1],
]);

testVerdicts('v1', '127.0.0.1', [
  ['names of members that are addresses are not compared', ssl, [misnamed], allowing(misnamed), success],
]);

type SentName = readonly [
  fact: string,
  generation: 'v1' | 'v2',
  member: string,
  described: Partial<BackendHttpSettings>,
  toRequests: string | false,
  toProbes: string | false,
];

const picking = { pickHostNameFromBackendAddress: true };
const unchecked = { validateCertChainAndExpiry: false, validateSNI: false };

// https://learn.microsoft.com/azure/application-gateway/ssl-overview#sni-differences
test.each<SentName>([
  ['hostName', 'v2', '127.0.0.1', { ...unchecked, hostName: 'api.test' }, 'api.test', 'api.test'],
  [
    'the name in the pool, where that is picked',
    'v2',
    'localhost',
    { ...unchecked, ...picking },
    'localhost',
    'localhost',
  ],
  ['the Host of the client without either', 'v2', 'localhost', unchecked, 'shop.test', 'localhost'],
  [
    'the Host of the client for an address without either, and never an address',
    'v2',
    '127.0.0.1',
    unchecked,
    'shop.test',
    false,
  ],
  ['none for an address that is picked as Host', 'v2', '127.0.0.1', { ...unchecked, ...picking }, false, false],
  [
    'the host of the probe',
    'v2',
    '127.0.0.1',
    { ...unchecked, hostName: 'api.test', probe: probe({ host: 'shop.test', protocol: 'Https' }) },
    'api.test',
    'shop.test',
  ],
  [
    'sniName, where it is validated',
    'v2',
    '127.0.0.1',
    { hostName: 'api.test', sniName: 'sni.test', validateCertChainAndExpiry: false },
    'sni.test',
    'sni.test',
  ],
  [
    'hostName, where sniName is not validated',
    'v2',
    '127.0.0.1',
    { ...unchecked, hostName: 'api.test', sniName: 'sni.test' },
    'api.test',
    'api.test',
  ],
  [
    'the name in the pool',
    'v1',
    'localhost',
    { ...allowing(anywhere), hostName: 'api.test' },
    'localhost',
    'localhost',
  ],
  ['none for an address', 'v1', '127.0.0.1', { ...allowing(anywhere), hostName: 'api.test' }, false, false],
])('SNI is %s, on %s', async (_fact, generation, member, described, toRequests, toProbes) => {
  // v1 compares common names.
  const shown = generation === 'v1' ? make({ subject: '/CN=localhost', extensions: localhost }) : anywhere;
  const trusted = generation === 'v1' ? allowing(shown) : {};
  const { backend, gateway } = await startBefore([shown], generation, member, { ...described, ...trusted });
  expect((await ask(gateway, '/x', { headers: { host: 'shop.test' } })).status).toBe(200);
  expect(backend.seen.map(({ isProbe, serverName }) => [isProbe, serverName])).toEqual([
    [true, toProbes],
    [false, toRequests],
  ]);
});

testFacts('TLS to servers', [
  [
    'no certificate of the gateway is shown to servers that ask for one',
    faq,
    async () => {
      const { backend, gateway } = await startBefore([site, issuing], 'v2', '127.0.0.1', trusting(root));
      expect((await ask(gateway, '/x')).status).toBe(200);
      expect(backend.seen.map(({ hasCertificate }) => hasCertificate)).toEqual([false, false]);
    },
  ],
  [
    'a request that gets as far as a server with a wrong certificate is answered with 502',
    badGateway,
    async () => {
      const kept = { ...named, probe: probe({ protocol: 'Https', host: 'localhost', minServers: 1 }) };
      const { backend, gateway } = await startBefore([site, issuing], 'v2', '127.0.0.1', kept);
      expect((await ask(gateway, '/x')).status).toBe(502);
      expect(gateway.requests()[0]?.attempts).toHaveLength(1);
      expect(backend.seen).toEqual([]);
    },
  ],
  [
    'a certificate that is not valid yet is told of as one that has expired',
    health,
    async () => {
      const [ofGateway] = makeGateway({ rules: [{ pool: 'web' }] }).backendHttpSettingsCollection;
      if (ofGateway === undefined) throw new Error('The gateway has no settings.');
      const fault = new CertificateFault('CERT_NOT_YET_VALID', []);
      expect(describeCertificateFault(fault, ofGateway, 'v2')).toBe(probeMessages.expired);
    },
  ],
]);
