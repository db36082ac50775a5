import { sameName } from '../../base/case-insensitive-map.ts';
import { nearestName } from '../../base/nearest-name.ts';
import type { Gateway } from '../../gateway/model.ts';
import type { Mismatch } from './mismatch.ts';
import type { Reason } from './test-result.ts';

interface Collection {
  /** In a sentence: `backend pool`. */
  readonly noun: string;
  readonly stage: string;
  readonly names: (gateway: Gateway) => readonly string[];
}

/** What expectations name parts of a gateway by. */
const collections = new Map<string, Collection>([
  ['listener', { noun: 'listener', stage: 'listener', names: ({ httpListeners }) => namesOf(httpListeners) }],
  ['rule', { noun: 'request routing rule', stage: 'rule', names: (gateway) => namesOf(gateway.requestRoutingRules) }],
  [
    'pathRule',
    {
      noun: 'path rule',
      stage: 'path',
      names: ({ urlPathMaps }) => namesOf(urlPathMaps.flatMap((map) => map.pathRules)),
    },
  ],
  ['pool', { noun: 'backend pool', stage: 'backend', names: (gateway) => namesOf(gateway.backendAddressPools) }],
  [
    'settings',
    { noun: 'backend settings', stage: 'backend', names: (gateway) => namesOf(gateway.backendHttpSettingsCollection) },
  ],
]);

/** Tells of an expected name that the gateway does not have at all: misspelt, in the template or in the test. */
export function unknownNames({ path, names }: Mismatch, gateway: Gateway): readonly Reason[] {
  const collection = collections.get(String(path[1]));
  if (path[0] !== 'expect' || path.length !== 2 || collection === undefined) return [];
  const known = collection.names(gateway);
  const unknown = names.find((name) => !isPattern(name) && !known.some((each) => sameName(each, name)));
  if (unknown === undefined) return [];
  const nearest = nearestName(unknown, known);
  const instead = nearest === undefined ? `there are: ${known.join(', ') || 'none'}.` : `is '${nearest}' meant?`;
  return [{ stage: collection.stage, why: `This gateway has no ${collection.noun} '${unknown}'; ${instead}` }];
}

function isPattern(name: string): boolean {
  return name.startsWith('/');
}

function namesOf(parts: readonly { readonly name: string }[]): readonly string[] {
  return parts.map(({ name }) => name);
}
