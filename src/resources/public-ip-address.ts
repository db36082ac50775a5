import type { DeployedResource } from '../template/evaluated-deployment.ts';
import { PropertyReader } from './property-reader.ts';

/**
 * The DNS name of a public IP address as far as the template tells it: the name in an answer of Azure, or the one that
 * Azure forms from the label.
 * https://learn.microsoft.com/azure/virtual-network/ip-services/public-ip-addresses#domain-name-label
 */
export function publicIPAddressFqdn(resource: DeployedResource): string | null {
  const dnsSettings = new PropertyReader(resource.body, '').object('properties').object('dnsSettings');
  const fqdn = dnsSettings.text('fqdn');
  if (fqdn !== null) return fqdn;
  const label = dnsSettings.text('domainNameLabel');
  const region = resource.location?.replaceAll(' ', '');
  if (label === null || !region) return null;
  return `${label}.${region}.cloudapp.azure.com`.toLowerCase();
}
