import type { BackendHttpSettings, Gateway } from '../../gateway/model.ts';
import { CertificateFault, describeCertificateFault } from './certificate-fault.ts';
import { probeMessages } from './probe-messages.ts';

/** Azure's words for what Node says about a connection that could not be used. */
export function describeProbeError(
  error: Error,
  settings: BackendHttpSettings,
  generation: Gateway['sku']['generation'],
): string {
  if (error instanceof CertificateFault) return describeCertificateFault(error, settings, generation);
  return 'code' in error && isAboutNames(error.code) ? probeMessages.dns : probeMessages.connect;
}

function isAboutNames(code: unknown): boolean {
  return code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'ENODATA';
}
