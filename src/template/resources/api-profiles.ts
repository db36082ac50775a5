import { CaseInsensitiveMap } from '../../base/case-insensitive-map.ts';

type Versions = CaseInsensitiveMap<string>;

function versions(network: string, compute: string, storage: string, more: Readonly<Record<string, string>>): Versions {
  return new CaseInsensitiveMap(
    Object.entries({
      'Microsoft.Network': network,
      'Microsoft.Compute': compute,
      'Microsoft.Storage': storage,
      'Microsoft.KeyVault': '2016-10-01',
      'Microsoft.ManagedIdentity': '2018-11-30',
      ...more,
    }),
  );
}

/**
 * The api-versions of the profiles for Azure and Azure Stack, by namespace; those of a few types within differ.
 *
 * https://learn.microsoft.com/azure-stack/user/azure-stack-version-profiles
 */
const profiles = new CaseInsensitiveMap<Versions>([
  [
    '2020-09-01-hybrid',
    versions('2018-11-01', '2020-06-01', '2019-06-01', {
      'Microsoft.Resources': '2019-10-01',
      'Microsoft.Web': '2018-02-01',
      'Microsoft.ContainerRegistry': '2019-05-01',
      'Microsoft.ContainerService': '2020-11-01',
    }),
  ],
  [
    '2019-03-01-hybrid',
    versions('2017-10-01', '2017-12-01', '2017-10-01', {
      'Microsoft.Resources': '2018-05-01',
      'Microsoft.Web': '2018-02-01',
    }),
  ],
  ['2018-03-01-hybrid', versions('2017-10-01', '2017-03-30', '2016-01-01', { 'Microsoft.Resources': '2018-02-01' })],
  ['2017-03-09-profile', versions('2015-06-15', '2016-03-30', '2016-01-01', { 'Microsoft.Resources': '2016-02-01' })],
]);

/** The api-version that a profile gives resources of a type; undefined where the profile or the namespace is not known. */
export function profileVersion(profile: string, type: string): string | undefined {
  const [namespace = ''] = type.split('/');
  return profiles.get(profile)?.get(namespace);
}
