import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5121',
  id: 'private-link-limits',
  severity: 'error',
  category: 'network',
  title: 'Private link has up to two configurations of up to eight addresses, one of them primary',
  why: 'Azure refuses more, and a configuration with several primary addresses or with none.',
  source: 'https://learn.microsoft.com/azure/application-gateway/private-link',
  check({ gateway, raw, report }) {
    const configurations = raw(gateway.origin, 'properties', 'privateLinkConfigurations').items();
    const third = configurations[2];
    if (third !== undefined)
      report(
        third,
        `Gateway '${gateway.name}' has ${configurations.length} private link configurations; 2 is the most.`,
      );
    for (const configuration of configurations) {
      const addresses = configuration.at('properties', 'ipConfigurations');
      const name = configuration.member('name').text ?? '';
      const count = addresses.items().length;
      const primary = addresses
        .items()
        .filter((address) => address.at('properties', 'primary').boolean === true).length;
      if (count < 1 || count > 8)
        report(addresses, `Private link configuration '${name}' has ${count} IP configurations; 1 to 8 are possible.`);
      // Gateways with a single address that is not the primary one are known to work.
      else if (primary > 1 || (primary === 0 && count > 1))
        report(
          addresses,
          `Private link configuration '${name}' has ${primary === 0 ? 'no' : primary} primary IP configurations; there must be one.`,
        );
    }
  },
});
