import type { Gateway, SubResource } from '../../../gateway/model.ts';
import { targetsOf } from '../../facts/route-targets.ts';
import { hasUnresolvedReferences } from '../../facts/unresolved-references.ts';
import type { RuleContext } from '../../rule.ts';
import { defineRule } from '../../rule.ts';

interface Kind {
  readonly label: string;
  readonly items: readonly SubResource[];
  /** The references to such objects that the model resolved. */
  readonly users: readonly (SubResource | null)[];
}

export const rule = defineRule({
  code: 'AGW2060',
  id: 'unused-object',
  severity: 'info',
  category: 'operations',
  title: 'Everything that a gateway defines is used',
  why: 'Azure keeps what nothing refers to, and counts it against the limits; often a reference was forgotten.',
  source: 'https://learn.microsoft.com/azure/application-gateway/application-gateway-components',
  check(context) {
    // What Agate does not emulate may refer to any of these.
    if (usesLayer4(context) || hasUnresolvedReferences(context)) return;
    for (const { label, items, users } of kindsOf(context.gateway)) {
      const used = new Set(users);
      for (const item of items) {
        if (!used.has(item)) context.report(item.origin, `Nothing uses ${label} '${item.name}'.`);
      }
    }
  },
});

function usesLayer4({ gateway, raw }: RuleContext): boolean {
  const properties = raw(gateway.origin, 'properties');
  return ['listeners', 'routingRules', 'backendSettingsCollection'].some(
    (name) => properties.member(name).items().length > 0,
  );
}

function kindsOf(gateway: Gateway): readonly Kind[] {
  const { httpListeners: listeners, backendHttpSettingsCollection: settings, requestRoutingRules: rules } = gateway;
  const targets = targetsOf(gateway).map(({ target }) => target);
  const backends = targets.flatMap((target) => (target.kind === 'backend' ? target : []));
  const policies = backends.flatMap((target) => target.loadDistributionPolicy ?? []);
  return [
    ...frontendKinds(gateway),
    {
      label: 'backend pool',
      items: gateway.backendAddressPools,
      users: [
        ...backends.map((target) => target.backendAddressPool),
        ...policies.flatMap((policy) => policy.targets.map((target) => target.backendAddressPool)),
      ],
    },
    { label: 'backend settings', items: settings, users: backends.map((target) => target.backendHttpSettings) },
    { label: 'probe', items: gateway.probes, users: settings.map(({ probe }) => probe) },
    {
      label: 'trusted root certificate',
      items: gateway.trustedRootCertificates,
      users: settings.flatMap((one) => one.trustedRootCertificates),
    },
    {
      label: 'authentication certificate',
      items: gateway.authenticationCertificates,
      users: settings.flatMap((one) => one.authenticationCertificates),
    },
    { label: 'SSL profile', items: gateway.sslProfiles, users: listeners.map(({ sslProfile }) => sslProfile) },
    {
      label: 'redirect',
      items: gateway.redirectConfigurations,
      users: targets.flatMap((target) => (target.kind === 'redirect' ? target.redirectConfiguration : [])),
    },
    {
      label: 'rewrite rule set',
      items: gateway.rewriteRuleSets,
      users: backends.map((target) => target.rewriteRuleSet),
    },
    { label: 'path map', items: gateway.urlPathMaps, users: rules.map(({ urlPathMap }) => urlPathMap) },
    ...advancedKinds(gateway),
  ];
}

function advancedKinds(gateway: Gateway): readonly Kind[] {
  const { advancedRoutingMaps: maps, requestRoutingRules: rules } = gateway;
  const used = maps.flatMap((map) => map.advancedRoutingRules.map(({ conditionSet }) => conditionSet));
  return [
    { label: 'advanced routing map', items: maps, users: rules.map(({ advancedRoutingMap }) => advancedRoutingMap) },
    { label: 'advanced routing condition set', items: gateway.advancedRoutingConditionSets, users: used },
  ];
}

function frontendKinds({ httpListeners, ...gateway }: Gateway): readonly Kind[] {
  return [
    {
      label: 'frontend IP',
      items: gateway.frontendIPConfigurations,
      users: httpListeners.map(({ frontendIPConfiguration }) => frontendIPConfiguration),
    },
    {
      label: 'frontend port',
      items: gateway.frontendPorts,
      users: httpListeners.map(({ frontendPort }) => frontendPort),
    },
    {
      label: 'certificate',
      items: gateway.sslCertificates,
      users: httpListeners.map(({ sslCertificate }) => sslCertificate),
    },
    {
      label: 'trusted client certificate',
      items: gateway.trustedClientCertificates,
      users: gateway.sslProfiles.flatMap((profile) => profile.trustedClientCertificates),
    },
  ];
}
