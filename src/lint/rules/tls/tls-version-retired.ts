import type { Gateway } from '../../../gateway/model.ts';
import {
  defaultPolicyName,
  isDeprecated,
  minimumOfPolicy,
  minimumTlsVersion,
  sslPoliciesOf,
} from '../../facts/tls-policy.ts';
import type { RuleContext } from '../../rule.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5103',
  id: 'tls-version-retired',
  severity: 'error',
  category: 'tls',
  appliesTo: 'v2',
  title: 'A v2 gateway asks for TLS 1.2 or later',
  why: 'Since 31 August 2025 Azure refuses policies that let TLS 1.0 or 1.1 in, and with them gateways without a policy whose api-version is older than 2023-02-01: their default is AppGwSslPolicy20150501.',
  source: 'https://learn.microsoft.com/azure/application-gateway/application-gateway-tls-version-retirement',
  azureCode: 'ApplicationGatewayDeprecatedTlsVersionUsedInSslPolicy',
  azureMessage:
    'The TLS policy {policy} for Application Gateway {gateway} is using a deprecated TLS version. Update it to a supported version. Learn more https://aka.ms/appgw-oldtlsversions',
  sameAs: ['AZR-000064', 'CKV_AZURE_218', 'APRL 233a7008'],
  check(context) {
    const { gateway, report } = context;
    for (const { policy, label } of sslPoliciesOf(gateway)) {
      const minimum = minimumTlsVersion(policy);
      if (!isDeprecated(minimum)) continue;
      const name = policy.policyName === null ? 'The custom TLS policy' : `TLS policy '${policy.policyName}'`;
      report(
        policy.origin,
        `${name} of ${label} lets ${minimum} in; take 'AppGwSslPolicy20220101' or a minimum of TLSv1_2.`,
        policy.policyName === null ? {} : { azureValues: { policy: policy.policyName } },
      );
    }
    if (gateway.sslPolicy === null) checkDefault(context, gateway);
  },
});

function checkDefault({ raw, report }: RuleContext, gateway: Gateway): void {
  const answered = raw(gateway.origin, 'properties', 'defaultPredefinedSslPolicy');
  const name = answered.text ?? defaultPolicyName(gateway);
  if (name === null || !isDeprecated(minimumOfPolicy(name))) return;
  const apiVersion = raw(gateway.origin, 'apiVersion');
  const why = answered.isGiven ? 'its default' : `the default for api-version ${gateway.apiVersion}`;
  report(
    answered.isGiven ? answered : apiVersion.isGiven ? apiVersion : gateway.origin,
    `Gateway '${gateway.name}' has no 'sslPolicy', and ${why} is '${name}', which lets ${minimumOfPolicy(name)} in; set 'sslPolicy' to 'AppGwSslPolicy20220101'.`,
    { azureValues: { policy: name } },
  );
}
