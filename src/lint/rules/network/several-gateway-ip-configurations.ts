import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5011',
  id: 'several-gateway-ip-configurations',
  severity: 'error',
  category: 'network',
  title: 'A gateway has one gateway IP configuration',
  why: 'All instances of a gateway live in one subnet.',
  source: 'https://learn.microsoft.com/azure/application-gateway/configuration-infrastructure',
  check({ gateway, raw, report }) {
    const [first, second, ...rest] = raw(gateway.origin, 'properties', 'gatewayIPConfigurations').items();
    if (first === undefined || second === undefined) return;
    report(
      second,
      `Gateway '${gateway.name}' has ${rest.length + 2} gateway IP configurations; only one is possible.`,
      {
        related: [{ message: 'The first one is here.', place: first }],
      },
    );
  },
});
