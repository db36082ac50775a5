/** Why Azure cannot use the certificate of a listener. */
export type CertificateFault = 'wrongPassword' | 'noPassword' | 'unreadable' | 'noPrivateKey';

/** Azure's words and, where it is known, its code for each. */
const azureFaults: Readonly<Record<CertificateFault, { readonly message: string; readonly code: string | null }>> = {
  wrongPassword: {
    message: 'Password specified for certificate {id} is incorrect.',
    code: 'ApplicationGatewaySslCertificatePasswordIncorrect',
  },
  noPassword: { message: 'Password not specified for certificate {id}.', code: null },
  unreadable: {
    message: 'Data or Password for certificate {id} is invalid.',
    code: 'ApplicationGatewaySslCertificateInvalidData',
  },
  noPrivateKey: { message: 'Certificate {id} does not have Private Key.', code: null },
};

export function azureMessage(fault: CertificateFault, certificateId: string): string {
  const { message, code } = azureFaults[fault];
  const text = message.replace('{id}', certificateId);
  return code === null ? text : `${text} (${code})`;
}
