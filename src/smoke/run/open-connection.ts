import { readFile } from 'node:fs/promises';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { resolve } from 'node:path';
import { connect as connectTls, type SecureContextOptions } from 'node:tls';
import { EmulatorError } from '../../base/errors.ts';
import { readPfx } from '../../certificates/certificate-files.ts';
import type { ListenerDescription } from '../../emulator/descriptions.ts';
import type { ClientCertificateSpec } from '../format/test-file.ts';

/**
 * Connects to a listener, with the name that the URL has as the server name of TLS. The listener shows a certificate
 * made on this machine, so there is nothing to be learned from checking it.
 */
export async function openConnection(
  listener: ListenerDescription,
  hostName: string,
  identity: SecureContextOptions,
  protocols: readonly string[] = ['http/1.1'],
): Promise<Socket> {
  const { hostname: host, port } = new URL(listener.url);
  const target = { host: host.replace(/^\[|\]$/g, ''), port: Number(port || listener.port) };
  if (listener.protocol === 'Http') return connected(connectTcp(target), 'connect');
  // RFC 6066 allows names only, no addresses.
  const servername = isIP(hostName) === 0 ? { servername: hostName } : {};
  return connected(
    connectTls({ ...target, ...identity, ...servername, rejectUnauthorized: false, ALPNProtocols: [...protocols] }),
    'secureConnect',
  );
}

function connected(socket: Socket, event: 'connect' | 'secureConnect'): Promise<Socket> {
  return new Promise((done, reject) => {
    socket.once('error', reject);
    socket.once(event, () => {
      socket.off('error', reject);
      done(socket);
    });
  });
}

/**
 * The certificate that a client shows. Relative paths are taken from the test file's folder.
 *
 * @throws EmulatorError `FileUnreadable`
 */
export async function clientIdentity(
  spec: ClientCertificateSpec | undefined,
  folder: string,
): Promise<SecureContextOptions> {
  if (spec === undefined) return {};
  const { certificate, key, pfx, password } = spec;
  if (pfx !== undefined) return readPfx(pfx, await readNear(folder, pfx), password ?? '', pfxHint);
  return {
    ...(certificate === undefined ? {} : { cert: await readNear(folder, certificate) }),
    ...(key === undefined ? {} : { key: await readNear(folder, key) }),
    ...(password === undefined ? {} : { passphrase: password }),
  };
}

const pfxHint = 'As in clientCertificate: { pfx: client.pfx, password: … }';

/** @throws EmulatorError `FileUnreadable` */
export async function readNear(folder: string, path: string): Promise<Buffer> {
  const file = resolve(folder, path);
  try {
    return await readFile(file);
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new EmulatorError('FileUnreadable', `'${path}' cannot be read: ${detail}.`, {
      hint: "Paths in a test file are taken from the file's folder.",
      cause,
    });
  }
}
