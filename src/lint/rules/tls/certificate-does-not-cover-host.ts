import type { X509Certificate } from 'node:crypto';
import { serverCertificate } from '../../facts/certificates.ts';
import { hostNamesOf } from '../../facts/listener-host-names.ts';
import { quotedList } from '../../facts/names.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW2071',
  id: 'certificate-does-not-cover-host',
  severity: 'warning',
  category: 'tls',
  title: "A listener's certificate is for its host names",
  why: 'Browsers refuse a certificate that does not name the host they asked for.',
  source: 'https://learn.microsoft.com/azure/application-gateway/ssl-overview',
  check(context) {
    for (const listener of context.gateway.httpListeners) {
      const { sslCertificate, hostNames, name, protocol } = listener;
      if (protocol !== 'Https' || sslCertificate === null || hostNames.length === 0) continue;
      const certificate = serverCertificate(context, sslCertificate);
      const lost = certificate === undefined ? [] : hostNames.filter((host) => !covers(certificate, host));
      if (certificate === undefined || lost.length === 0) continue;
      const message = `Certificate '${sslCertificate.name}' of listener '${name}' is for ${namesIn(certificate)}, not for ${quotedList(lost)}.`;
      context.report(context.raw(listener.origin, 'properties', 'sslCertificate'), message, {
        related: [{ message: `Certificate '${sslCertificate.name}' is here.`, place: sslCertificate.origin }],
        basedOn: hostNamesOf(context.raw, listener),
      });
    }
  },
});

/** Of a wildcard listener the certificate must have the same wildcard; nobody can tell for `?` and inner stars. */
function covers(certificate: X509Certificate, host: string): boolean {
  const probe = host.replace(/^\*\./, 'a-name-for-the-wildcard.');
  return /[*?]/.test(probe) || certificate.checkHost(probe) !== undefined;
}

function namesIn({ subjectAltName, subject }: X509Certificate): string {
  const names = Array.from((subjectAltName ?? '').matchAll(/DNS:([^,\s]+)/g), ([, name]) => name ?? '');
  const common = /^CN=(.*)$/m.exec(subject)?.[1];
  return quotedList(names.length > 0 ? names : common === undefined ? [] : [common]);
}
