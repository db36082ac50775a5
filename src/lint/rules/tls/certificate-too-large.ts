import type { Gateway } from '../../../gateway/model.ts';
import { defineRule } from '../../rule.ts';

const kilobyte = 1024;
const trustedClientMaximum = 25 * kilobyte;

export const rule = defineRule({
  code: 'AGW5115',
  id: 'certificate-too-large',
  severity: 'error',
  category: 'tls',
  title: 'Certificates are as large as Azure takes them',
  why: 'A PFX file may have 16 KB on v2 and 10 KB on v1, a chain of trusted client certificates 25 KB.',
  source:
    'https://learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits#application-gateway-limits',
  check({ gateway, raw, report }) {
    const groups = [
      { certificates: gateway.sslCertificates, maximum: pfxMaximum(gateway) },
      { certificates: gateway.trustedClientCertificates, maximum: trustedClientMaximum },
    ];
    for (const { certificates, maximum } of groups) {
      for (const { name, origin } of certificates) {
        const data = raw(origin, 'properties', 'data');
        const bytes = Buffer.from(data.text ?? '', 'base64').length;
        if (bytes <= maximum) continue;
        report(
          data,
          `Certificate '${name}' has ${Math.ceil(bytes / kilobyte)} KB; ${maximum / kilobyte} KB are allowed.`,
        );
      }
    }
  },
});

function pfxMaximum({ sku }: Gateway): number {
  return (sku.generation === 'v1' ? 10 : 16) * kilobyte;
}
