import type { X509Certificate } from 'node:crypto';
import type { Origin } from '../../../gateway/model.ts';
import { readCertificate, serverCertificate } from '../../facts/certificates.ts';
import type { RuleContext } from '../../rule.ts';
import { defineRule } from '../../rule.ts';

const day = 86_400_000;
const warnDays = 30;

export const rule = defineRule({
  code: 'AGW2070',
  id: 'certificate-expired',
  severity: 'warning',
  category: 'tls',
  title: 'Certificates are valid for another month',
  why: 'Clients refuse an expired certificate of a listener, and the gateway one that a backend was to be trusted by.',
  source: 'https://learn.microsoft.com/azure/application-gateway/renew-certificates',
  check(context) {
    for (const { name, origin, certificate } of certificatesOf(context)) {
      const until = Date.parse(certificate.validTo);
      const from = Date.parse(certificate.validFrom);
      const place = context.raw(origin, 'properties', 'data');
      if (until < context.now) {
        context.report(place, `Certificate '${name}' expired on ${dateOf(until)}.`);
      } else if (until < context.now + warnDays * day) {
        context.report(place, `Certificate '${name}' expires on ${dateOf(until)}, in less than ${warnDays} days.`);
      } else if (from > context.now) {
        context.report(place, `Certificate '${name}' is valid from ${dateOf(from)} only.`);
      }
    }
  },
});

interface Named {
  readonly name: string;
  readonly origin: Origin;
  readonly certificate: X509Certificate;
}

function certificatesOf(context: RuleContext): readonly Named[] {
  const { gateway } = context;
  const trusted = [...gateway.trustedRootCertificates, ...gateway.authenticationCertificates];
  return [
    ...gateway.sslCertificates.flatMap((one) => named(one, serverCertificate(context, one))),
    ...trusted.flatMap((one) => named(one, one.data === null ? undefined : readCertificate(one.data))),
  ];
}

function named(
  { name, origin }: Omit<Named, 'certificate'>,
  certificate: X509Certificate | undefined,
): readonly Named[] {
  return certificate === undefined ? [] : [{ name, origin, certificate }];
}

function dateOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10);
}
