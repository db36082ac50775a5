import { getCiphers } from 'node:tls';
import { sameName } from '../../../base/case-insensitive-map.ts';
import type { Gateway, SslPolicy, SslProfile } from '../../../gateway/model.ts';
import { type CipherSuite, cipherSuites, type SuiteGroup } from './cipher-suites.ts';

/** What a listener negotiates. */
export interface TlsPolicy {
  readonly minVersion: 'TLSv1.2' | 'TLSv1.3';
  readonly maxVersion: 'TLSv1.2' | 'TLSv1.3';
  /** OpenSSL's names of the suites, the preferred ones first. Without any, no client can connect. */
  readonly ciphers: readonly string[];
  /** Whether backends are told the fingerprint of the client's hello. */
  readonly tellsFingerprint: boolean;
  /** Sentences on what the template asks for and clients do not get. */
  readonly remarks: readonly string[];
}

type Generation = Gateway['sku']['generation'];

/** Since 31 August 2025 TLS 1.0 and 1.1 are refused whatever a policy says. */
interface Predefined {
  readonly maxVersion: 'TLSv1.2' | 'TLSv1.3';
  readonly groups: readonly SuiteGroup[];
}

/** https://learn.microsoft.com/azure/application-gateway/application-gateway-ssl-policy-overview#predefined-tls-policy */
const predefinedPolicies = {
  AppGwSslPolicy20150501: { maxVersion: 'TLSv1.2', groups: ['B', 'C', 'C2', 'D', 'E', 'F', 'H'] },
  AppGwSslPolicy20170401: { maxVersion: 'TLSv1.2', groups: ['B', 'C2', 'D', 'F'] },
  AppGwSslPolicy20170401S: { maxVersion: 'TLSv1.2', groups: ['B', 'C2', 'D', 'F'] },
  AppGwSslPolicy20220101: { maxVersion: 'TLSv1.3', groups: ['A', 'B', 'C', 'C2'] },
  AppGwSslPolicy20220101S: { maxVersion: 'TLSv1.3', groups: ['A', 'B'] },
} as const satisfies Record<string, Predefined>;

type PolicyName = keyof typeof predefinedPolicies;

/** What custom policies may not ask for any more. https://learn.microsoft.com/azure/application-gateway/application-gateway-tls-version-retirement */
const retiredFromCustom: readonly SuiteGroup[] = ['C', 'E', 'H'];

/** From this api-version on a gateway without a policy gets that of 2022. */
const newDefaultSince = '2023-02-01';

/** OpenSSL's names of the suites that can be offered here, in lower case. */
const available: ReadonlySet<string> = new Set(getCiphers());

/**
 * What is negotiated by a profile, by the gateway's policy, or by Azure's default.
 *
 * @param profile of a listener; null when it has none
 */
export function tlsPolicyOf(gateway: Gateway, profile: SslProfile | null): TlsPolicy {
  const policy = profile?.sslPolicy ?? gateway.sslPolicy;
  const { generation } = gateway.sku;
  const chosen = policy === null ? predefined(defaultPolicyName(gateway), generation) : choose(policy, gateway);
  const missing = chosen.suites.filter(({ openSslName }) => !available.has(openSslName.toLowerCase()));
  const remarks = [...chosen.remarks];
  if (missing.length > 0) {
    remarks.push(`OpenSSL of this Node.js does not offer ${listOf(missing)}; clients cannot use ${them(missing)}.`);
  }
  const ciphers = chosen.suites.filter((suite) => !missing.includes(suite)).map(({ openSslName }) => openSslName);
  const { minVersion, maxVersion } = chosen;
  // Policies that know TLS 1.3 are those of 2022 and CustomV2, which are the ones that the documentation names.
  // https://learn.microsoft.com/azure/application-gateway/how-application-gateway-works#modifications-to-the-request
  return { minVersion, maxVersion, ciphers, tellsFingerprint: maxVersion === 'TLSv1.3', remarks };
}

/**
 * The suites as OpenSSL takes them. Which keys and suites are strong enough is for the policy to say, not for the build
 * of OpenSSL.
 */
export function cipherString({ ciphers }: Pick<TlsPolicy, 'ciphers'>): string {
  // Beside suites of TLS 1.3 alone OpenSSL finds nothing that the level could be about, and gives up.
  return ciphers.every(isOfTls13) ? ciphers.join(':') : `${ciphers.join(':')}:@SECLEVEL=0`;
}

function isOfTls13(openSslName: string): boolean {
  return cipherSuites.some((suite) => suite.group === 'A' && suite.openSslName === openSslName);
}

interface Chosen extends Pick<TlsPolicy, 'minVersion' | 'maxVersion' | 'remarks'> {
  readonly suites: readonly CipherSuite[];
}

function choose(policy: SslPolicy, gateway: Gateway): Chosen {
  const { generation } = gateway.sku;
  if (policy.policyType === 'Custom' || policy.policyType === 'CustomV2') return custom(policy, generation);
  const { policyName } = policy;
  const known = policyNames.find((name) => policyName !== null && sameName(name, policyName));
  if (known !== undefined) return predefined(known, generation);
  const fallback = defaultPolicyName(gateway);
  const remark = `There is no TLS policy '${policyName}'; ${fallback} takes its place.`;
  return { ...predefined(fallback, generation), remarks: policyName === null ? [] : [remark] };
}

function predefined(name: PolicyName, generation: Generation): Chosen {
  const policy: Predefined = predefinedPolicies[name];
  const suites = cipherSuites.filter(({ group }) => policy.groups.includes(group) && isNegotiated(group, generation));
  return { minVersion: 'TLSv1.2', maxVersion: policy.maxVersion, suites, remarks: [] };
}

/** v2 never negotiates DHE, also where a policy lists it. */
function isNegotiated(group: SuiteGroup, generation: Generation): boolean {
  return group !== 'E' || generation === 'v1';
}

function custom(policy: SslPolicy, generation: Generation): Chosen {
  const isV2 = policy.policyType === 'CustomV2';
  const minVersion = isV2 && policy.minProtocolVersion === 'TLSv1_3' ? 'TLSv1.3' : 'TLSv1.2';
  const listed = cipherSuites.filter(({ name }) => policy.cipherSuites.some((each) => sameName(each, name)));
  const inOrder = listed.toSorted((a, b) => placeOf(policy, a) - placeOf(policy, b));
  const retired = inOrder.filter(({ group }) => isRetired(group, policy, generation));
  // The suites of TLS 1.3 come with CustomV2, listed or not; in 1.3 there are no others.
  const own = cipherSuites.filter(({ group }) => isV2 && group === 'A');
  const old = inOrder.filter((suite) => suite.group !== 'A' && !retired.includes(suite));
  return {
    minVersion,
    maxVersion: isV2 ? 'TLSv1.3' : 'TLSv1.2',
    suites: minVersion === 'TLSv1.3' ? own : [...own, ...old],
    remarks: customRemarks(policy, retired),
  };
}

function isRetired(group: SuiteGroup, { policyType }: SslPolicy, generation: Generation): boolean {
  return !isNegotiated(group, generation) || (policyType === 'Custom' && retiredFromCustom.includes(group));
}

function customRemarks(policy: SslPolicy, retired: readonly CipherSuite[]): readonly string[] {
  const unknown = policy.cipherSuites.filter((each) => !cipherSuites.some(({ name }) => sameName(each, name)));
  return [
    ...(retired.length === 0
      ? []
      : [`Azure does not negotiate ${listOf(retired)}, although the policy lists ${them(retired)}.`]),
    ...(unknown.length === 0 ? [] : [`Unknown cipher suites are left out: ${unknown.join(', ')}.`]),
  ];
}

function placeOf({ cipherSuites: names }: SslPolicy, { name }: CipherSuite): number {
  return names.findIndex((each) => sameName(each, name));
}

function defaultPolicyName({ apiVersion, sku }: Gateway): PolicyName {
  // v1 has no policy of 2022.
  if (sku.generation === 'v1') return 'AppGwSslPolicy20150501';
  return apiVersion !== null && apiVersion < newDefaultSince ? 'AppGwSslPolicy20150501' : 'AppGwSslPolicy20220101';
}

const policyNames = Object.keys(predefinedPolicies).filter(isPolicyName);

function isPolicyName(name: string): name is PolicyName {
  return Object.hasOwn(predefinedPolicies, name);
}

function listOf(suites: readonly CipherSuite[]): string {
  return suites.map(({ name }) => name).join(', ');
}

function them(suites: readonly CipherSuite[]): string {
  return suites.length === 1 ? 'it' : 'them';
}
