import type { PropertyReader } from '../../resources/property-reader.ts';
import type { NotEmulated, Origin } from '../model.ts';
import { type NotEmulatedFeature, notEmulatedFeatures } from '../support.ts';

/** Where a gateway uses a feature: the first place, or undefined when it does not. */
type Finder = (properties: PropertyReader) => Origin | undefined;

/** One for each feature; leaving one out does not compile. */
const finders: Readonly<Record<NotEmulatedFeature, Finder>> = {
  firewallPolicy: (properties) =>
    present(properties, 'firewallPolicy') ??
    presentInAny(envelopes(properties, 'httpListeners'), 'firewallPolicy') ??
    presentInAny(pathRules(properties), 'firewallPolicy'),
  webApplicationFirewallConfiguration(properties) {
    const isEnabled = properties.object('webApplicationFirewallConfiguration').boolean('enabled') === true;
    return isEnabled ? present(properties, 'webApplicationFirewallConfiguration') : undefined;
  },
  listeners: (properties) => filled(properties, 'listeners'),
  backendSettingsCollection: (properties) => filled(properties, 'backendSettingsCollection'),
  routingRules: (properties) => filled(properties, 'routingRules'),
  privateLinkConfigurations: (properties) => filled(properties, 'privateLinkConfigurations'),
  entraJWTValidationConfigs: (properties) => filled(properties, 'entraJWTValidationConfigs'),
  authConfigs: (properties) =>
    presentInAny(envelopes(properties, 'requestRoutingRules'), 'authConfigs') ??
    presentInAny(envelopes(properties, 'advancedRoutingMaps'), 'defaultAuthConfigs') ??
    presentInAny(advancedRoutingRules(properties), 'authConfigs'),
  'sslCertificates.hsm': (properties) => presentInAny(envelopes(properties, 'sslCertificates'), 'hsm'),
  enableFips: (properties) => (properties.boolean('enableFips') ? present(properties, 'enableFips') : undefined),
};

/** What a gateway asks for in vain, by its `properties`. */
export function findNotEmulated(properties: PropertyReader): readonly NotEmulated[] {
  return notEmulatedFeatures.flatMap(({ feature, consequence }) => {
    const origin = finders[feature](properties);
    return origin === undefined ? [] : { feature, consequence, origin };
  });
}

function present(owner: PropertyReader, key: string): Origin | undefined {
  return owner.has(key) ? { span: owner.spanOf(key), path: owner.pathOf(key) } : undefined;
}

function filled(owner: PropertyReader, key: string): Origin | undefined {
  return owner.objects(key).length > 0 ? present(owner, key) : undefined;
}

function presentInAny(owners: readonly PropertyReader[], key: string): Origin | undefined {
  const owner = owners.find((candidate) => candidate.has(key));
  return owner === undefined ? undefined : present(owner, key);
}

function envelopes(owner: PropertyReader, collection: string): PropertyReader[] {
  return owner.objects(collection).map((member) => member.object('properties'));
}

function pathRules(properties: PropertyReader): PropertyReader[] {
  return envelopes(properties, 'urlPathMaps').flatMap((map) => envelopes(map, 'pathRules'));
}

function advancedRoutingRules(properties: PropertyReader): PropertyReader[] {
  return envelopes(properties, 'advancedRoutingMaps').flatMap((map) => envelopes(map, 'advancedRoutingRules'));
}
