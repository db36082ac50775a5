import type { SslProfile, TrustedClientCertificate } from '../model.ts';
import type { BuildContext } from './build-context.ts';
import type { Collection } from './collections.ts';
import type { Entry } from './entries.ts';
import { resolveReferences } from './resolve-reference.ts';
import { buildSslPolicy } from './ssl-policy.ts';

export function buildSslProfile(
  context: BuildContext,
  entry: Entry,
  trustedClientCertificates: Collection<TrustedClientCertificate>,
): SslProfile {
  const clientAuth = entry.properties.object('clientAuthConfiguration');
  return {
    ...entry.common,
    sslPolicy: buildSslPolicy(entry.properties),
    trustedClientCertificates: resolveReferences(
      context,
      entry,
      'trustedClientCertificates',
      trustedClientCertificates,
    ),
    verifyClientCertIssuerDN: clientAuth.boolean('verifyClientCertIssuerDN') ?? false,
    verifyClientRevocation: clientAuth.oneOf('verifyClientRevocation', ['None', 'OCSP']) ?? 'None',
    verifyClientAuthMode: clientAuth.oneOf('verifyClientAuthMode', ['Strict', 'Passthrough']) ?? 'Strict',
  };
}
