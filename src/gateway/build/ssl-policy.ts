import type { PropertyReader } from '../../resources/property-reader.ts';
import type { SslPolicy } from '../model.ts';
import { originOf } from './entries.ts';

/** The `sslPolicy` of a gateway or of an SSL profile; null when there is none. */
export function buildSslPolicy(owner: PropertyReader): SslPolicy | null {
  if (!owner.has('sslPolicy')) return null;
  const policy = owner.object('sslPolicy');
  return {
    policyType: policy.oneOf('policyType', ['Predefined', 'Custom', 'CustomV2']),
    policyName: policy.text('policyName'),
    minProtocolVersion: policy.text('minProtocolVersion'),
    cipherSuites: policy.strings('cipherSuites'),
    disabledSslProtocols: policy.strings('disabledSslProtocols'),
    origin: originOf(policy),
  };
}
