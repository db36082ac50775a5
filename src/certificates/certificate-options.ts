/** Where the certificates of a gateway come from that runs on this machine. */
export interface CertificateOptions {
  /** Folder in which the local certificate authority is kept; null, the default, for one that ends with the process. */
  readonly dataFolder?: string | null;
}
