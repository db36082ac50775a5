import { defineRule } from '../../rule.ts';

/** https://learn.microsoft.com/azure/application-gateway/application-gateway-components#ports */
const limits = {
  v1: { last: 65_502, taken: 3389 },
  v2: { last: 64_999, taken: 22 },
} as const;

export const rule = defineRule({
  code: 'AGW5024',
  id: 'frontend-port-invalid',
  severity: 'error',
  category: 'frontends',
  title: 'A frontend port lies within what Azure offers',
  why: 'v1 offers ports 1 to 65502 without 3389, v2 1 to 64999 without 22; the rest belongs to the management of the gateway.',
  source: 'https://learn.microsoft.com/azure/application-gateway/application-gateway-components#ports',
  azureCode: 'ApplicationGatewayFrontendPortInvalidPortNumber',
  azureMessage: 'Port specified for FrontendPort {id} is not valid. Supported range is [1, 65502].',
  check({ gateway, raw, report }) {
    const { last, taken } = limits[gateway.sku.generation];
    for (const port of gateway.frontendPorts) {
      const written = raw(port.origin, 'properties', 'port');
      const number = written.isGiven ? written.integer : 0;
      if (number === undefined || (number >= 1 && number <= last && number !== taken)) continue;
      const found = written.isGiven ? `is ${number}` : 'has no number';
      const allowed = `${gateway.sku.generation} gateways listen on 1 to ${last} except ${taken}`;
      report(written, `Frontend port '${port.name}' ${found}; ${allowed}.`);
    }
  },
});
