import { CaseInsensitiveMap } from '../../base/case-insensitive-map.ts';

/** A resource provider as `providers` knows it. */
export interface ResourceProvider {
  readonly namespace: string;
  readonly types: readonly string[];
  /** Newest first. */
  readonly apiVersions: readonly string[];
}

const knownProviders: readonly ResourceProvider[] = [
  {
    namespace: 'Microsoft.Compute',
    types: ['availabilitySets', 'virtualMachines', 'virtualMachineScaleSets'],
    apiVersions: ['2024-07-01', '2023-09-01', '2022-03-01', '2021-03-01', '2019-12-01'],
  },
  {
    namespace: 'Microsoft.KeyVault',
    types: ['vaults'],
    apiVersions: ['2023-07-01', '2022-07-01', '2019-09-01'],
  },
  {
    namespace: 'Microsoft.ManagedIdentity',
    types: ['userAssignedIdentities'],
    apiVersions: ['2023-01-31', '2018-11-30'],
  },
  {
    namespace: 'Microsoft.Network',
    types: [
      'applicationGateways',
      'ApplicationGatewayWebApplicationFirewallPolicies',
      'loadBalancers',
      'natGateways',
      'networkInterfaces',
      'networkSecurityGroups',
      'privateEndpoints',
      'publicIPAddresses',
      'routeTables',
      'virtualNetworks',
    ],
    apiVersions: ['2024-05-01', '2023-09-01', '2022-07-01', '2021-08-01', '2020-11-01'],
  },
  {
    namespace: 'Microsoft.Storage',
    types: ['storageAccounts'],
    apiVersions: ['2023-05-01', '2022-09-01', '2021-09-01', '2019-06-01'],
  },
  {
    namespace: 'Microsoft.Web',
    types: ['serverfarms', 'sites'],
    apiVersions: ['2023-12-01', '2022-09-01', '2021-03-01'],
  },
];

/** The providers of which `providers` can tell; Azure has hundreds, and the function is deprecated. */
export const resourceProviders = new CaseInsensitiveMap(
  knownProviders.map((provider) => [provider.namespace, provider] as const),
);
