import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5075',
  id: 'probe-status-codes-invalid',
  severity: 'error',
  category: 'probes',
  title: 'A probe expects status codes or ranges of them',
  why: "Azure takes '200' and '200-399', from 100 to 599.",
  source: 'https://learn.microsoft.com/azure/application-gateway/application-gateway-probe-overview#probe-matching',
  check({ gateway, raw, report }) {
    for (const probe of gateway.probes) {
      for (const code of raw(probe.origin, 'properties', 'match', 'statusCodes').items()) {
        if (code.text === undefined || isStatusRange(code.text)) continue;
        report(code, `'${code.text}' of probe '${probe.name}' is no status code; write '200' or '200-399'.`);
      }
    }
  },
});

function isStatusRange(text: string): boolean {
  const [, from, to = from] = /^\s*(\d{3})\s*(?:-\s*(\d{3})\s*)?$/.exec(text) ?? [];
  return Number(from) >= 100 && Number(to) <= 599 && Number(from) <= Number(to);
}
