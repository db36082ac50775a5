/** A certificate with its chain, and its key, all PEM. Secret. */
export interface TlsIdentity {
  readonly cert: string;
  readonly key: string;
}
