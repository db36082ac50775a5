import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5066',
  id: 'backend-address-invalid',
  severity: 'error',
  category: 'backends',
  title: 'A pool member is an IP address or a DNS name',
  why: 'Azure refuses ranges, URLs, ports and names that DNS cannot have.',
  source: 'https://learn.microsoft.com/azure/application-gateway/application-gateway-components#backend-pools',
  azureCode: 'ApplicationGatewayBackendAddressInvalidFormat',
  azureMessage:
    'Backend Address {address} present within Backend Address Pool {pool} does not meet the format requirements. The address must contain only digits, letters, hyphens and dots for separation. Moreover, it cannot have hyphens at the start, end or next to a dot.',
  check({ gateway, report }) {
    for (const pool of gateway.backendAddressPools) {
      for (const member of pool.members.filter(({ joinedBy }) => joinedBy === 'backendAddresses')) {
        const fault = faultOf(member.address);
        if (fault === undefined) continue;
        report(
          member.origin,
          `Member '${member.address}' of backend pool '${pool.name}' ${fault}; give an IP address or a DNS name alone.`,
          { azureValues: { address: member.address, pool: pool.id } },
        );
      }
    }
  },
});

/** Colons are those of an IPv6 address when there are two or more. */
function faultOf(address: string): string | undefined {
  if (/^[a-z]+:\/\//i.test(address)) return 'is a URL';
  if (/^\d+\.\d+\.\d+\.\d+\/\d+$/.test(address)) return 'is an address range';
  if (address.includes('/')) return 'has a path';
  if (/^[^:]+:\d+$/.test(address)) return 'has a port';
  if (/^[0-9a-f:.]*:[0-9a-f:.]*:[0-9a-f:.]*$/i.test(address)) return undefined;
  if (/[^A-Za-z0-9.-]/.test(address)) return "has characters other than letters, digits, '-' and '.'";
  if (/(^|\.)-|-(\.|$)/.test(address)) return 'has a hyphen at an end or beside a dot';
  return /^\d+(\.\d+){3}$/.test(address) && address.split('.').some((part) => Number(part) > 255)
    ? 'is no IPv4 address'
    : undefined;
}
