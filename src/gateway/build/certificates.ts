import { isMadeUp } from '../../template/runtime-values/made-up.ts';
import type { Value } from '../../template/value.ts';
import type {
  AuthenticationCertificate,
  SslCertificate,
  TrustedClientCertificate,
  TrustedRootCertificate,
} from '../model.ts';
import type { Entry } from './entries.ts';

export function buildSslCertificate({ common, properties }: Entry): SslCertificate {
  return {
    ...common,
    data: properties.text('data'),
    // An empty password is one: a PFX can be made with it.
    password: properties.string('password'),
    keyVaultSecretId: properties.text('keyVaultSecretId'),
    ...(isStandIn(properties.get('data')) || isStandIn(properties.get('password')) ? { isStandIn: true } : {}),
  };
}

function isStandIn(value: Value | undefined): boolean {
  return value !== undefined && isMadeUp(value);
}

export function buildAuthenticationCertificate({ common, properties }: Entry): AuthenticationCertificate {
  return { ...common, data: properties.text('data') };
}

export function buildTrustedRootCertificate({ common, properties }: Entry): TrustedRootCertificate {
  // Api-version 2018-08-01 spelt it `keyvaultSecretId`; readers ignore case.
  return { ...common, data: properties.text('data'), keyVaultSecretId: properties.text('keyVaultSecretId') };
}

export function buildTrustedClientCertificate({ common, properties }: Entry): TrustedClientCertificate {
  return { ...common, data: properties.text('data') };
}
