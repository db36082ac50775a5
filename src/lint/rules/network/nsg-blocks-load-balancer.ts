import { allows, coversPorts, isFrom, networkSecurity } from '../../facts/network-security.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW2086',
  id: 'nsg-blocks-load-balancer',
  severity: 'warning',
  category: 'network',
  title: "The subnet's network security group lets Azure's load balancer in",
  why: "Azure probes the instances of a gateway from 'AzureLoadBalancer'. The default rules let it in; a rule that denies everything else comes before them.",
  source: 'https://learn.microsoft.com/azure/application-gateway/configuration-infrastructure#network-security-groups',
  check(context) {
    const { gateway, report } = context;
    const security = networkSecurity(context);
    const decisive = security?.inbound.find(
      (rule) => isFrom(rule, 'AzureLoadBalancer') && coversPorts(rule, 1, 65_535),
    );
    if (security === undefined || decisive === undefined || allows(decisive)) return;
    report(
      decisive,
      `Network security group '${security.name}' of subnet '${security.subnet.name}' denies everything; allow 'AzureLoadBalancer' before, or gateway '${gateway.name}' is taken for dead.`,
      { related: [{ message: `Gateway '${gateway.name}' stands in that subnet.`, place: security.reference }] },
    );
  },
});
