import type { CertificateFiles } from './certificate-files.ts';
import type { Responders } from './ocsp/ocsp-client.ts';

/** Where the certificates of a gateway come from that runs on this machine. */
export interface CertificateOptions {
  /** Folder in which the local certificate authority is kept; null, the default, for one that ends with the process. */
  readonly dataFolder?: string | null;
  /** PEM file with certificate and key of an authority to take instead. */
  readonly authority?: string;
  /** Stand for secrets of Key Vault, and for certificates of the template. */
  readonly files?: CertificateFiles;
  /** Where OCSP responders are to be found, by the URL that certificates have for them. */
  readonly responders?: Responders;
}
