import type { Gateway, SubResource } from '../../../gateway/model.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5140',
  id: 'resource-name-invalid',
  severity: 'error',
  category: 'operations',
  title: 'Names have up to 80 letters, digits, dots, hyphens and underscores',
  why: "Azure refuses other names: they begin with a letter or digit and end with one or with '_'.",
  source: 'https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftnetwork',
  azureCode: 'InvalidResourceName',
  azureMessage:
    "Resource name {name} is invalid. The name can be up to 80 characters long. It must begin with a word character, and it must end with a word character or with '_'. The name may contain word characters or '.', '-', '_'.",
  sameAs: ['AZR-000348'],
  check({ gateway, raw, report }) {
    for (const item of [gateway, ...subResourcesOf(gateway)]) {
      const fault = faultOf(item.name);
      if (fault !== undefined) report(raw(item.origin, 'name'), `Name '${item.name}' ${fault}.`);
    }
  },
});

function subResourcesOf(gateway: Gateway): readonly SubResource[] {
  const collections: readonly (readonly SubResource[])[] = [
    gateway.frontendIPConfigurations,
    gateway.frontendPorts,
    gateway.sslCertificates,
    gateway.httpListeners,
    gateway.backendAddressPools,
    gateway.backendHttpSettingsCollection,
    gateway.probes,
    gateway.redirectConfigurations,
    gateway.rewriteRuleSets,
    gateway.requestRoutingRules,
    gateway.urlPathMaps,
    gateway.urlPathMaps.flatMap(({ pathRules }) => pathRules),
    gateway.sslProfiles,
  ];
  return collections.flat();
}

function faultOf(name: string): string | undefined {
  if (name.length > 80) return `has ${name.length} characters; 80 is the most`;
  if (/[^\p{L}\p{N}_.-]/u.test(name)) return "has characters other than letters, digits, '.', '-' and '_'";
  if (!/^[\p{L}\p{N}_]/u.test(name)) return 'does not begin with a letter or digit';
  return /[\p{L}\p{N}_]$/u.test(name) ? undefined : "does not end with a letter, digit or '_'";
}
