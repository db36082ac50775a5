import { defineRule } from '../../rule.ts';

/** The first api-version that can switch the header off. */
const since = '2025-09-01';

export const rule = defineRule({
  code: 'AGW6029',
  id: 'server-header-exposed',
  severity: 'info',
  category: 'operations',
  appliesTo: 'v2',
  title: 'The answers of a gateway do not tell what it is',
  why: "Answers that the gateway makes itself have 'Server: Microsoft-Azure-Application-Gateway/v2', which tells scanners what they have found.",
  source: 'https://learn.microsoft.com/azure/templates/microsoft.network/applicationgateways',
  check({ gateway, raw, report }) {
    if (gateway.apiVersion === null || gateway.apiVersion < since) return;
    const global = raw(gateway.origin, 'properties', 'globalConfiguration');
    if (global.isUncertain || global.member('disableDefaultServerHeaderInResponse').isGiven) return;
    report(
      global.isGiven ? global : gateway.origin,
      `Gateway '${gateway.name}' names itself in the Server header of its own answers; set 'globalConfiguration.disableDefaultServerHeaderInResponse'.`,
    );
  },
});
