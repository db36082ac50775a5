import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { Clock } from '../base/clock.ts';
import { EmulatorError } from '../base/errors.ts';
import { readCertificateFile } from './certificate-files.ts';
import { processLeafKey } from './key-pair.ts';
import { LocalAuthority } from './local-authority.ts';

/**
 * The authority of a PEM file of the user's, which holds its certificate and its key; the key may lie beside it.
 *
 * @throws EmulatorError `FileUnreadable` when it is none
 */
export async function readGivenAuthority(path: string, clock: Clock): Promise<LocalAuthority> {
  const { cert, key } = await readCertificateFile({ path }, 'Take PEM: openssl pkcs12 -in <pfx> -nodes -out <pem>');
  const certificate = new X509Certificate(cert);
  if (!certificate.ca) {
    throw new EmulatorError('FileUnreadable', `The certificate in '${path}' is not that of an authority.`, {
      hint: 'It needs basicConstraints CA:TRUE, as the root certificate of mkcert has.',
    });
  }
  const privateKey = createPrivateKey(key);
  if (!['rsa', 'ec'].includes(privateKey.asymmetricKeyType ?? '')) {
    throw new EmulatorError('FileUnreadable', `The key in '${path}' is of type '${privateKey.asymmetricKeyType}'.`, {
      hint: 'Certificates can be signed with RSA and elliptic-curve keys.',
    });
  }
  const keyPem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return new LocalAuthority({ certificatePem: cert, keyPem }, processLeafKey, clock);
}
