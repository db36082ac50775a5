import { CaseInsensitiveMap } from '../../base/case-insensitive-map.ts';

/**
 * Azure's public regions by display name.
 * https://learn.microsoft.com/azure/reliability/regions-list
 */
const regionsWithZones = [
  'Australia East',
  'Austria East',
  'Belgium Central',
  'Brazil South',
  'Canada Central',
  'Central India',
  'Central US',
  'Chile Central',
  'East Asia',
  'East US',
  'East US 2',
  'France Central',
  'Germany West Central',
  'Indonesia Central',
  'Israel Central',
  'Italy North',
  'Japan East',
  'Japan West',
  'Korea Central',
  'Malaysia West',
  'Mexico Central',
  'New Zealand North',
  'North Europe',
  'Norway East',
  'Poland Central',
  'Qatar Central',
  'South Africa North',
  'South Central US',
  'Southeast Asia',
  'Spain Central',
  'Sweden Central',
  'Switzerland North',
  'UAE North',
  'UK South',
  'West Europe',
  'West US 2',
  'West US 3',
] as const;

const regionsWithoutZones = [
  'Australia Central',
  'Australia Southeast',
  'Canada East',
  'Korea South',
  'North Central US',
  'South India',
  'UK West',
  'West Central US',
  'West India',
  'West US',
] as const;

/** Display names, sorted. */
export const regionNames: readonly string[] = [...regionsWithZones, ...regionsWithoutZones].toSorted();

/** Three zones in every region that has any. */
export const zonesPerRegion = 3;

const zonalRegions = new Set(regionsWithZones.map(normaliseRegion));

/** `West Europe` and `westeurope` name the same region. */
export function normaliseRegion(name: string): string {
  return name.replaceAll(' ', '').toLowerCase();
}

export function hasZones(region: string): boolean {
  return zonalRegions.has(normaliseRegion(region));
}

/** Types whose resources can be put into zones; the values mean nothing. */
const zonalTypes = new CaseInsensitiveMap(
  [
    'Microsoft.ApiManagement/service',
    'Microsoft.Cache/redis',
    'Microsoft.Compute/disks',
    'Microsoft.Compute/virtualMachines',
    'Microsoft.Compute/virtualMachineScaleSets',
    'Microsoft.ContainerInstance/containerGroups',
    'Microsoft.ContainerService/managedClusters',
    'Microsoft.Network/applicationGateways',
    'Microsoft.Network/azureFirewalls',
    'Microsoft.Network/loadBalancers',
    'Microsoft.Network/natGateways',
    'Microsoft.Network/publicIPAddresses',
    'Microsoft.Network/publicIPPrefixes',
    'Microsoft.Network/virtualNetworkGateways',
  ].map((type) => [type, true] as const),
);

export function isZonal(type: string): boolean {
  return zonalTypes.has(type);
}
