import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A certificate and its key in PEM. */
export interface Made {
  readonly cert: string;
  readonly key: string;
}

export interface Wanted {
  /** Distinguished name as OpenSSL takes it, `/O=Contoso/CN=a`. */
  readonly subject: string;
  readonly issuer?: Made;
  readonly keyType?: 'rsa' | 'ec' | 'ed25519';
  /** Lines of an extension section. */
  readonly extensions?: readonly string[];
  readonly days?: number;
}

export const authority = ['basicConstraints=critical,CA:TRUE', 'keyUsage=critical,keyCertSign,cRLSign'];
export const forClients = ['extendedKeyUsage=clientAuth'];

export function forHosts(...names: readonly string[]): readonly string[] {
  return [`subjectAltName=${names.map((name) => `DNS:${name}`).join(',')}`, 'extendedKeyUsage=serverAuth'];
}

const kinds = {
  rsa: ['rsa:2048'],
  ec: ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256'],
  ed25519: ['ed25519'],
} as const;

/** Makes a certificate with the `openssl` of this machine; self-signed without an issuer. */
export function make({ subject, issuer, keyType = 'ec', extensions = [], days = 30 }: Wanted): Made {
  return inFolder((at) => {
    openssl(
      'req',
      '-new',
      '-newkey',
      ...kinds[keyType],
      '-nodes',
      '-keyout',
      at('key'),
      '-out',
      at('csr'),
      '-subj',
      subject,
    );
    writeFileSync(at('ext'), extensions.join('\n'));
    if (issuer !== undefined) {
      writeFileSync(at('ca'), issuer.cert);
      writeFileSync(at('cakey'), issuer.key);
    }
    const signer =
      issuer === undefined ? ['-signkey', at('key')] : ['-CA', at('ca'), '-CAkey', at('cakey'), '-CAcreateserial'];
    // A certificate that has expired needs a validity in the past, which `x509 -req` takes as negative days.
    openssl('x509', '-req', '-in', at('csr'), ...signer, '-days', `${days}`, '-extfile', at('ext'), '-out', at('cert'));
    return { cert: readFileSync(at('cert'), 'utf8'), key: readFileSync(at('key'), 'utf8') };
  });
}

/** A PFX file in base64; `legacy` encrypts it with RC2 and 3DES. */
export function pfx(
  made: Made,
  others: readonly Made[],
  password: string,
  form: 'modern' | 'legacy' = 'modern',
): string {
  return inFolder((at) => {
    writeFileSync(at('cert'), made.cert);
    writeFileSync(at('key'), made.key);
    writeFileSync(at('others'), others.map(({ cert }) => cert).join(''));
    const chain = others.length === 0 ? [] : ['-certfile', at('others')];
    const encryption = form === 'legacy' ? ['-legacy'] : [];
    const files = ['-in', at('cert'), '-inkey', at('key'), ...chain, '-out', at('pfx')];
    openssl('pkcs12', '-export', ...encryption, ...files, '-passout', `pass:${password}`);
    return readFileSync(at('pfx')).toString('base64');
  });
}

/** Runs with a folder for temporary files, which is given by the names of files in it. */
function inFolder<T>(use: (at: (name: string) => string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'agate-pki-'));
  try {
    return use((name) => join(folder, name));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function openssl(...args: readonly string[]): void {
  execFileSync('openssl', args, { stdio: ['ignore', 'ignore', 'pipe'] });
}
