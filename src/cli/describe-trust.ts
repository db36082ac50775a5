import { X509Certificate } from 'node:crypto';
import { systemClock } from '../base/clock.ts';
import { EmulatorError } from '../base/errors.ts';
import { openAuthority } from '../certificates/kept-authority.ts';
import { userDataFolder } from './certificate-settings.ts';
import type { Io } from './io.ts';

/** What there is to know about the authority before one trusts it. */
export interface Trust {
  /** Path of its certificate. */
  readonly certificate: string;
  readonly subject: string;
  readonly sha256: string;
  readonly validTo: string;
}

/**
 * The authority of the user, which is made when there is none yet.
 *
 * @throws EmulatorError `FileUnreadable` where it cannot be kept
 */
export async function describeTrust(env: Io['env']): Promise<Trust> {
  const { authority, certificatePath, notice } = await openAuthority(userDataFolder(env), systemClock);
  if (certificatePath === null) {
    throw new EmulatorError('FileUnreadable', notice ?? 'There is no folder to keep a certificate authority in.', {
      hint: 'Name one: AGATE_HOME=<folder>, or bring an authority of your own: agate run --ca <pem>.',
    });
  }
  const { subject, fingerprint256, validTo } = new X509Certificate(authority.certificatePem);
  return { certificate: certificatePath, subject: subject.replaceAll('\n', ', '), sha256: fingerprint256, validTo };
}

export function renderTrust({ certificate, subject, sha256, validTo }: Trust, platform: NodeJS.Platform): string {
  return [
    `Certificate  ${certificate}`,
    `Subject      ${subject}`,
    `SHA-256      ${sha256}`,
    `Valid until  ${validTo}`,
    '',
    'HTTPS listeners whose certificate is not at hand show one of this authority. Its key lies beside the certificate,',
    'readable for you only: whoever has it can pretend to be any site to those who trust the authority.',
    '',
    'To trust it for one program:',
    `  NODE_EXTRA_CA_CERTS="${certificate}" node app.js`,
    `  curl --cacert "${certificate}" https://localhost:8443/`,
    '',
    'To trust it on this machine:',
    ...forSystem(certificate, platform).map((line) => `  ${line}`),
    '',
    'Firefox has a list of its own: Settings, Certificates, View Certificates, Authorities, Import.',
  ].join('\n');
}

function forSystem(certificate: string, platform: NodeJS.Platform): readonly string[] {
  switch (platform) {
    case 'darwin':
      return [`security add-trusted-cert -r trustRoot -k ~/Library/Keychains/login.keychain-db "${certificate}"`];
    case 'win32':
      return [`certutil -user -addstore Root "${certificate}"`];
    default:
      return [
        `sudo cp "${certificate}" /usr/local/share/ca-certificates/agate.crt && sudo update-ca-certificates`,
        `sudo trust anchor "${certificate}"                (Fedora, Arch)`,
        `certutil -d sql:$HOME/.pki/nssdb -A -t C,, -n agate -i "${certificate}"                (Chromium)`,
      ];
  }
}
