import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5031',
  id: 'https-listener-without-certificate',
  severity: 'error',
  category: 'listeners',
  title: 'An HTTPS listener has a certificate',
  why: 'Without a certificate there is no TLS.',
  source: 'https://learn.microsoft.com/azure/application-gateway/ssl-overview',
  azureCode: 'ApplicationGatewayHttpsListenerMustReferenceSslCert',
  azureMessage: 'Http Listener {id} uses protocol Https. Ssl Certificate must be specified.',
  check({ gateway, raw, report }) {
    for (const listener of gateway.httpListeners) {
      if (listener.protocol !== 'Https' || raw(listener.origin, 'properties', 'sslCertificate').isGiven) continue;
      const defined = gateway.sslCertificates.map(({ name }) => `'${name}'`).join(', ') || 'none';
      report(
        raw(listener.origin, 'properties', 'protocol'),
        `Listener '${listener.name}' speaks Https and has no 'sslCertificate'. Certificates of this gateway: ${defined}.`,
      );
    }
  },
});
