import type { X509Certificate } from 'node:crypto';
import { readCertificateChain } from '../../facts/certificates.ts';
import { defineRule } from '../../rule.ts';

interface Fault {
  readonly text: string;
  readonly azureCode: `ApplicationGateway${string}`;
}

export const rule = defineRule({
  code: 'AGW5111',
  id: 'trusted-client-certificate-data',
  severity: 'error',
  category: 'tls',
  title: 'A trusted client certificate is a chain with one root and no private key',
  why: 'Azure checks the certificates of clients against one root authority; it refuses several, none, and keys.',
  source: 'https://learn.microsoft.com/troubleshoot/azure/application-gateway/mutual-authentication-troubleshooting',
  azureCode: 'ApplicationGatewayTrustedClientCertificateMustSpecifyData',
  check({ gateway, raw, report }) {
    for (const certificate of gateway.trustedClientCertificates) {
      const properties = raw(certificate.origin, 'properties');
      const data = properties.member('data');
      // Azure's own answers have what it read from the data.
      if (properties.member('validatedCertData').isGiven) continue;
      const fault = faultOf(data.text ?? '');
      if (fault === undefined) continue;
      report(data, `Trusted client certificate '${certificate.name}' ${fault.text}.`, { azureCode: fault.azureCode });
    }
  },
});

function faultOf(data: string): Fault | undefined {
  if (data === '') {
    return { text: "has no 'data'", azureCode: 'ApplicationGatewayTrustedClientCertificateMustSpecifyData' };
  }
  const text = data.includes('-----BEGIN') ? data : Buffer.from(data, 'base64').toString('latin1');
  if (/-----BEGIN [A-Z ]*PRIVATE KEY/.test(text)) {
    return {
      text: 'holds a private key; leave it out',
      azureCode: 'ApplicationGatewayTrustedClientCertificateMustNotHavePrivateKey',
    };
  }
  return faultOfChain(readCertificateChain(data));
}

/** What cannot be read at all is reported as data that is invalid. */
function faultOfChain(chain: readonly X509Certificate[]): Fault | undefined {
  if (chain.length === 0) return undefined;
  if (!chain.some(({ ca }) => ca)) {
    return {
      text: 'holds no certificate of an authority',
      azureCode: 'ApplicationGatewayTrustedClientCertificateDoesNotContainAnyCACertificate',
    };
  }
  const roots = chain.filter(({ subject, issuer, ca }) => ca && subject === issuer).length;
  if (roots === 1) return undefined;
  return {
    text: `holds ${roots === 0 ? 'no root certificate' : `${roots} root certificates`}; there must be one`,
    azureCode: 'ApplicationGatewayOnlyOneRootCAAllowedInTrustedClientCertificate',
  };
}
