import { execFile } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';
import type { Made } from '../pki.ts';

export interface ResponderSpec {
  readonly issuer: Made;
  /** Signs in place of the issuer. */
  readonly delegate?: Made;
  readonly good?: readonly Made[];
  readonly revoked?: readonly Made[];
  /** Minutes for which answers hold; without, they say nothing of it. */
  readonly minutes?: number;
}

export interface Responder {
  readonly url: string;
  /** Paths and methods of what was asked. */
  readonly asked: readonly string[];
  /** What it says from now on. */
  use(spec: ResponderSpec): void;
}

/** A responder of OCSP for the length of a test; the answers are those of `openssl ocsp`. */
export async function startResponder(first: ResponderSpec): Promise<Responder> {
  let spec = first;
  const asked: string[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const path = incoming.url ?? '';
    asked.push(`${incoming.method} ${path}`);
    const question = Buffer.from(decodeURIComponent(path.slice(1)), 'base64');
    outgoing.setHeader('Content-Type', 'application/ocsp-response').end(await answer(question, spec));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const use = (next: ResponderSpec) => {
    spec = next;
  };
  return { url: `http://127.0.0.1:${port}`, asked, use };
}

async function answer(
  question: Buffer,
  { issuer, delegate = issuer, good = [], revoked = [], minutes }: ResponderSpec,
) {
  const folder = await mkdtemp(join(tmpdir(), 'agate-ocsp-'));
  try {
    const at = (name: string) => join(folder, name);
    await Promise.all([
      writeFile(at('question'), question),
      writeFile(at('index'), [...good.map(goodLine), ...revoked.map(revokedLine)].join('')),
      writeFile(at('ca'), issuer.cert),
      writeFile(at('signer'), delegate.cert),
      writeFile(at('key'), delegate.key),
    ]);
    const files = ['-index', at('index'), '-CA', at('ca'), '-rsigner', at('signer'), '-rkey', at('key')];
    const validity = minutes === undefined ? [] : ['-nmin', `${minutes}`];
    const inAndOut = ['-reqin', at('question'), '-respout', at('answer')];
    await promisify(execFile)('openssl', ['ocsp', ...files, ...validity, ...inAndOut]);
    return await readFile(at('answer'));
  } finally {
    await rm(folder, { recursive: true });
  }
}

// https://docs.openssl.org/3.0/man1/openssl-ca/
function goodLine(made: Made): string {
  return `V\t401231000000Z\t\t${new X509Certificate(made.cert).serialNumber}\tunknown\t/CN=x\n`;
}

function revokedLine(made: Made): string {
  return `R\t401231000000Z\t200101000000Z\t${new X509Certificate(made.cert).serialNumber}\tunknown\t/CN=x\n`;
}
