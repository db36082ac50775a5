import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';
import type { Emulator } from '../../../src/emulator/emulator.ts';
import { startEmulator } from '../../../src/emulator/emulator.ts';
import type { Gateway, HttpListener, SslCertificate, SslPolicy, SslProfile } from '../../../src/gateway/model.ts';
import { type GatewaySpec, makeGateway } from '../../routing/gateway-fixture.ts';
import type { Options } from '../fixture.ts';

const origin = { span: undefined, path: 'properties' };

/** What a listener has beside what `GatewaySpec` tells of it. */
export interface ListenerTlsSpec {
  readonly certificate?: Partial<Pick<SslCertificate, 'data' | 'password' | 'keyVaultSecretId' | 'isStandIn'>>;
  readonly profile?: Partial<Omit<SslProfile, 'trustedClientCertificates'>> & { readonly trusted?: readonly string[] };
  readonly requireServerNameIndication?: boolean;
}

export interface TlsGatewaySpec {
  readonly spec: GatewaySpec;
  readonly policy?: Partial<SslPolicy>;
  readonly apiVersion?: string;
  /** By the listener's name. */
  readonly tls?: Readonly<Record<string, ListenerTlsSpec>>;
}

export function policyOf(policy: Partial<SslPolicy>): SslPolicy {
  return {
    policyType: null,
    policyName: null,
    minProtocolVersion: null,
    cipherSuites: [],
    disabledSslProtocols: [],
    origin,
    ...policy,
  };
}

/** A gateway whose HTTPS listeners have certificates, policies and profiles. */
export function makeTlsGateway({ spec, policy, apiVersion, tls = {} }: TlsGatewaySpec): Gateway {
  const made = makeGateway(spec);
  const listeners = new Map(made.httpListeners.map((each) => [each, dress(each, tls[each.name] ?? {})]));
  const dressed = (listener: HttpListener | null) => (listener && listeners.get(listener)) ?? null;
  return {
    ...made,
    apiVersion: apiVersion ?? made.apiVersion,
    sslPolicy: policy === undefined ? null : policyOf(policy),
    httpListeners: [...listeners.values()],
    requestRoutingRules: made.requestRoutingRules.map((rule) => ({
      ...rule,
      httpListener: dressed(rule.httpListener),
    })),
  };
}

function dress(listener: HttpListener, { certificate, profile, ...rest }: ListenerTlsSpec): HttpListener {
  const common = (name: string) => ({ id: `/gateway/sslCertificates/${name}`, name, origin });
  return {
    ...listener,
    ...rest,
    ...(certificate === undefined
      ? {}
      : {
          sslCertificate: {
            ...common(`${listener.name}-certificate`),
            data: null,
            password: null,
            keyVaultSecretId: null,
            ...certificate,
          },
        }),
    ...(profile === undefined ? {} : { sslProfile: { ...common('profile'), ...profileOf(profile) } }),
  };
}

function profileOf({ trusted = [], ...rest }: NonNullable<ListenerTlsSpec['profile']>) {
  return {
    sslPolicy: null,
    verifyClientCertIssuerDN: false,
    verifyClientRevocation: 'None',
    verifyClientAuthMode: 'Strict',
    trustedClientCertificates: trusted.map((data, index) => ({
      id: `/gateway/trustedClientCertificates/${index}`,
      name: `ca${index}`,
      origin,
      data,
    })),
    ...rest,
  } as const;
}

/** Starts such a gateway on free ports for the length of a test. */
export async function startTlsGateway(spec: TlsGatewaySpec, options: Options = {}): Promise<Emulator> {
  const { globalConfiguration, ...others } = options;
  const made = makeTlsGateway(spec);
  const gateway = { ...made, globalConfiguration: { ...made.globalConfiguration, ...globalConfiguration } };
  const emulator = await startEmulator({ gateway, listen: { all: 0 }, ...others });
  onTestFinished(() => emulator.dispose(0));
  return emulator;
}

/** One HTTPS listener `tls` for every name, before a pool of stand-ins. */
export const oneListener: GatewaySpec = {
  listeners: [{ name: 'tls', protocol: 'Https' }],
  rules: [{ listener: 'tls', pool: 'web' }],
  pools: { web: ['10.0.0.4'] },
};

/**
 * Shakes hands with the gateway; rejects with the error of OpenSSL.
 *
 * @param prepare is given the connection before the handshake
 */
export async function shakeHands(
  emulator: Emulator,
  options: ConnectionOptions = {},
  prepare: (socket: TLSSocket) => void = () => undefined,
): Promise<TLSSocket> {
  const [listener] = emulator.listeners;
  const socket = connect({ host: '127.0.0.1', port: listener?.port, rejectUnauthorized: false, ca: [], ...options });
  onTestFinished(() => void socket.destroy());
  prepare(socket);
  await once(socket, 'secureConnect');
  return socket;
}

/** The error with which a handshake ends. */
export async function failedHandshake(emulator: Emulator, options: ConnectionOptions = {}): Promise<string> {
  try {
    const socket = await shakeHands(emulator, options);
    return `succeeded with ${socket.getProtocol()} ${socket.getCipher().name}`;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    // OpenSSL 3.5, of Node.js 24, has another name for the alerts.
    return code.replace('SSL/TLS_ALERT', 'SSLV3_ALERT');
  }
}

/** Sends a request over a connection and reads what comes until it is closed. */
export async function request(socket: TLSSocket, head: readonly string[]): Promise<string> {
  socket.write([...head, 'Connection: close', '', ''].join('\r\n'));
  let text = '';
  for await (const chunk of socket) text += String(chunk);
  return text;
}

/** What `openssl s_client` says about a connection, which it closes after the handshake. */
export async function sClient(emulator: Emulator, ...args: readonly string[]): Promise<string> {
  const at = `127.0.0.1:${emulator.listeners[0]?.port}`;
  const running = promisify(execFile)('openssl', ['s_client', '-connect', at, ...args]);
  running.child.stdin?.end();
  // It exits with 1 when the handshake fails.
  const { stdout, stderr } = await running.catch((failed: { stdout: string; stderr: string }) => failed);
  return stdout + stderr;
}
