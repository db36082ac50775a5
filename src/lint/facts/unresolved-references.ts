import { foldCase } from '../../base/case-insensitive-map.ts';
import type { Origin } from '../../gateway/model.ts';
import type { Raw } from '../raw.ts';
import type { RuleContext } from '../rule.ts';
import { targetMembers, targetsOf } from './route-targets.ts';

/** Lists inside the members of collections that refer to others. */
const referringLists = [
  'pathRules',
  'advancedRoutingRules',
  'loadDistributionTargets',
  'trustedRootCertificates',
  'authenticationCertificates',
  'trustedClientCertificates',
];

/** Whether what refers to others, a collection, a member of it or a list inside of one, is told by nobody. */
function hasUntoldParts({ gateway, raw }: RuleContext): boolean {
  const collections = raw(gateway.origin, 'properties').members();
  return collections.some(([, collection]) => isUntold(collection) || collection.items().some(hasUntoldList));
}

function hasUntoldList(item: Raw): boolean {
  return referringLists.some((name) => isUntold(item.at('properties', name)));
}

function isUntold(list: Raw): boolean {
  return list.isUncertain || list.items().some((item) => item.isUncertain || item.member('properties').isUncertain);
}

/** Whether two members of a collection have one name: of such, one is left out, and what it refers to with it. */
function hasNamesakes({ gateway, raw }: RuleContext): boolean {
  const collections = raw(gateway.origin, 'properties').members();
  return collections.some(([, collection]) => {
    const inner = collection.items().flatMap((item) => item.member('properties').members());
    return [collection, ...inner.map(([, member]) => member)].some((each) => {
      const names = each.items().flatMap((item) => item.member('name').text ?? []);
      return new Set(names.map(foldCase)).size < names.length;
    });
  });
}

/**
 * Whether a reference inside the gateway names nothing, or nobody told what refers to what. It has been reported; until
 * it is mended nobody knows what is used and what is not.
 */
export function hasUnresolvedReferences(context: RuleContext): boolean {
  const { gateway, raw } = context;
  const isDangling = (origin: Origin, member: string, target: unknown) =>
    target === null && raw(origin, 'properties', member).isGiven;
  return (
    hasUntoldParts(context) ||
    hasNamesakes(context) ||
    gateway.httpListeners.some(
      (listener) =>
        isDangling(listener.origin, 'frontendIPConfiguration', listener.frontendIPConfiguration) ||
        isDangling(listener.origin, 'frontendPort', listener.frontendPort) ||
        isDangling(listener.origin, 'sslCertificate', listener.sslCertificate) ||
        isDangling(listener.origin, 'sslProfile', listener.sslProfile),
    ) ||
    gateway.backendHttpSettingsCollection.some(({ origin, probe }) => isDangling(origin, 'probe', probe)) ||
    gateway.redirectConfigurations.some(({ origin, target }) => isDangling(origin, 'targetListener', target)) ||
    gateway.requestRoutingRules.some(
      ({ origin, httpListener, urlPathMap, advancedRoutingMap, ruleType }) =>
        isDangling(origin, 'httpListener', httpListener) ||
        (ruleType === 'PathBasedRouting' && isDangling(origin, 'urlPathMap', urlPathMap)) ||
        (ruleType === 'AdvancedRouting' && isDangling(origin, 'advancedRoutingMap', advancedRoutingMap)),
    ) ||
    targetsOf(gateway).some(({ kind, owner, target }) => {
      const members = targetMembers[kind];
      if (target.kind === 'none') return raw(owner.origin, 'properties', members.redirect).isGiven;
      if (target.kind === 'redirect') return false;
      return (
        isDangling(owner.origin, members.pool, target.backendAddressPool) ||
        isDangling(owner.origin, members.settings, target.backendHttpSettings) ||
        isDangling(owner.origin, members.rewrite, target.rewriteRuleSet)
      );
    })
  );
}
