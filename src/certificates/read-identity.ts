import type { CertificateFault } from './certificate-faults.ts';
import type { TlsIdentity } from './tls-identity.ts';

export type ReadIdentity =
  | { readonly kind: 'identity'; readonly identity: TlsIdentity }
  | { readonly kind: 'fault'; readonly fault: CertificateFault };

/**
 * Certificate and key of a PFX file. node-forge takes 50 ms to load, which only gateways with such files wait for.
 *
 * @param data in base64
 */
export async function identityFromPfx(data: string, password: string): Promise<ReadIdentity> {
  const { openPfx } = await import('./open-pfx.ts');
  const opened = openPfx(data, password);
  if (opened.kind !== 'opened') return { kind: 'fault', fault: opened.kind };
  const { keyPem, certificates } = opened;
  if (keyPem === null) return { kind: 'fault', fault: 'noPrivateKey' };
  if (certificates.length === 0) return { kind: 'fault', fault: 'unreadable' };
  return { kind: 'identity', identity: { cert: certificates.join(''), key: keyPem } };
}
