import type { Gateway, SslPolicy } from '../../gateway/model.ts';
import type { Raw } from '../raw.ts';
import type { RuleContext } from '../rule.ts';

export type TlsVersion = 'TLSv1_0' | 'TLSv1_1' | 'TLSv1_2' | 'TLSv1_3';

/** https://learn.microsoft.com/azure/application-gateway/application-gateway-ssl-policy-overview */
const minimumOfPredefined: Readonly<Record<string, TlsVersion>> = {
  AppGwSslPolicy20150501: 'TLSv1_0',
  AppGwSslPolicy20170401: 'TLSv1_1',
  AppGwSslPolicy20170401S: 'TLSv1_2',
  AppGwSslPolicy20220101: 'TLSv1_2',
  AppGwSslPolicy20220101S: 'TLSv1_2',
};

/** From this api-version on, a gateway without a policy gets AppGwSslPolicy20220101. */
const newDefaultSince = '2023-02-01';

/** The policy that Azure takes for a gateway that says none; null when the api-version is not known. */
export function defaultPolicyName(gateway: Gateway): string | null {
  if (gateway.apiVersion === null || !/^\d{4}-\d{2}-\d{2}/.test(gateway.apiVersion)) return null;
  if (gateway.sku.generation === 'v1') return 'AppGwSslPolicy20150501';
  return gateway.apiVersion < newDefaultSince ? 'AppGwSslPolicy20150501' : 'AppGwSslPolicy20220101';
}

/** The oldest TLS version that a policy lets in; null when the policy does not tell. */
export function minimumTlsVersion(policy: SslPolicy): TlsVersion | null {
  if (policy.policyName !== null) return minimumOfPolicy(policy.policyName);
  if (isTlsVersion(policy.minProtocolVersion)) return policy.minProtocolVersion;
  return policy.policyType === null ? oldestNotDisabled(policy.disabledSslProtocols) : null;
}

export function minimumOfPolicy(policyName: string): TlsVersion | null {
  return minimumOfPredefined[policyName] ?? null;
}

export function isDeprecated(version: TlsVersion | null): boolean {
  return version === 'TLSv1_0' || version === 'TLSv1_1';
}

function oldestNotDisabled(disabled: readonly string[]): TlsVersion | null {
  const order: readonly TlsVersion[] = ['TLSv1_0', 'TLSv1_1', 'TLSv1_2', 'TLSv1_3'];
  return disabled.length === 0 ? null : (order.find((version) => !disabled.includes(version)) ?? null);
}

function isTlsVersion(text: string | null): text is TlsVersion {
  return text !== null && /^TLSv1_[0-3]$/.test(text);
}

/** Policies that only v2 gateways know, and that cannot stand beside older ones on one gateway. */
export function isPolicyOf2022(policy: SslPolicy): boolean {
  return policy.policyType === 'CustomV2' || (policy.policyName?.startsWith('AppGwSslPolicy2022') ?? false);
}

/** The policy of a gateway and those of its profiles, with the words for whose they are. */
export function sslPoliciesOf(gateway: Gateway): readonly { readonly policy: SslPolicy; readonly label: string }[] {
  const own = gateway.sslPolicy === null ? [] : [{ policy: gateway.sslPolicy, label: `gateway '${gateway.name}'` }];
  return [
    ...own,
    ...gateway.sslProfiles.flatMap(({ sslPolicy, name }) =>
      sslPolicy === null ? [] : [{ policy: sslPolicy, label: `SSL profile '${name}'` }],
    ),
  ];
}

/** What a policy says, and what it leaves out. */
export function policyMembers(raw: RuleContext['raw'], { origin }: SslPolicy): readonly Raw[] {
  return ['policyType', 'policyName', 'minProtocolVersion', 'cipherSuites'].map((member) => raw(origin, member));
}
