import { readCertificateChain } from '../../facts/certificates.ts';
import type { Raw } from '../../raw.ts';
import type { RuleContext } from '../../rule.ts';
import { defineRule } from '../../rule.ts';

export const rule = defineRule({
  code: 'AGW5108',
  id: 'certificate-data-invalid',
  severity: 'error',
  category: 'tls',
  title: 'Certificate data is the file in base64',
  why: "'data' of a server certificate is a PFX file, of a trusted one a certificate, in base64 without line breaks around it.",
  source: 'https://learn.microsoft.com/azure/application-gateway/ssl-overview',
  azureCode: 'ApplicationGatewaySslCertificateInvalidData',
  azureMessage: 'Data or Password for certificate {id} is invalid.',
  check(context) {
    const { gateway, report } = context;
    const kinds = [
      {
        certificates: gateway.sslCertificates,
        azureCode: 'ApplicationGatewaySslCertificateInvalidData',
        wants: 'a PFX file',
      },
      {
        certificates: gateway.trustedRootCertificates,
        azureCode: 'ApplicationGatewayTrustedRootCertificateInvalidData',
        wants: 'a certificate',
      },
      {
        certificates: gateway.trustedClientCertificates,
        azureCode: 'ApplicationGatewayTrustedClientCertificateInvalidData',
        wants: 'certificates',
      },
    ];
    for (const { certificates, azureCode, wants } of kinds) {
      for (const { origin, name } of certificates) {
        const data = literalData(context, origin);
        const fault = data?.text === undefined ? undefined : faultOf(data.text, wants);
        if (data !== undefined && fault !== undefined) {
          report(data, `'data' of certificate '${name}' ${fault}; it should be ${wants} in base64.`, { azureCode });
        }
      }
    }
  },
});

/** Data from a secure parameter may be a stand-in of ours, and is no business of a message. */
function literalData({ raw }: RuleContext, origin: RuleContext['gateway']['origin']): Raw | undefined {
  const data = raw(origin, 'properties', 'data');
  return data.isSecret || !data.text ? undefined : data;
}

function faultOf(data: string, wants: string): string | undefined {
  if (data.includes('-----BEGIN') && wants === 'a PFX file') return 'is PEM text';
  if (!data.includes('-----BEGIN') && /[^A-Za-z0-9+/=\s]/.test(data)) return 'is not base64';
  if (wants === 'a PFX file') return /^\s*MI/.test(data) ? undefined : 'is no PFX file';
  return readCertificateChain(data).length === 0 ? 'holds nothing that reads as a certificate' : undefined;
}
