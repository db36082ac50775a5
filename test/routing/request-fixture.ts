import type { ClientRequest, ClientTls } from '../../src/routing/route.ts';

export interface RequestSpec {
  readonly method?: string;
  /** As a user would write it; says scheme, host and port. */
  readonly url: string;
  /** Header lines besides Host, which comes from the URL. */
  readonly headers?: readonly (readonly [name: string, value: string])[];
  /** Host header in place of the URL's; null for none. */
  readonly host?: string | null;
  /** What the request line asks for, in place of the URL's path and query. */
  readonly target?: string;
  /** What the server answers; 200 without headers unless told. */
  readonly response?: ResponseSpec;
  /** Whether the client asks for another protocol. */
  readonly isUpgrade?: boolean;
  /** Server name of the TLS connection; none unless told. */
  readonly serverName?: string;
  readonly clientIp?: string;
  readonly clientPort?: number;
}

export interface ResponseSpec {
  readonly status?: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
}

/** A request as a listener hands it to routing. */
export function makeRequest(spec: RequestSpec): ClientRequest {
  const [, scheme = 'http', authority = '', rest = ''] = /^(https?):\/\/([^/?]*)(.*)$/s.exec(spec.url) ?? [];
  const host = spec.host === undefined ? authority : spec.host;
  const port = /:(\d+)$/.exec(authority)?.[1] ?? (scheme === 'https' ? '443' : '80');
  return {
    method: spec.method ?? 'GET',
    url: spec.target ?? (rest.startsWith('/') ? rest : `/${rest}`),
    httpVersion: '1.1',
    scheme: scheme === 'https' ? 'https' : 'http',
    rawHeaders: [...(host === null ? [] : ['Host', host]), ...(spec.headers ?? []).flat()],
    clientIp: spec.clientIp ?? '203.0.113.7',
    clientPort: spec.clientPort ?? 51000,
    serverPort: Number(port),
    traceId: '0123456789abcdef0123456789abcdef',
    tls: scheme === 'https' ? { ...clientTls, serverName: spec.serverName ?? null } : null,
  };
}

const clientTls: ClientTls = {
  protocol: 'TLSv1.2',
  cipher: 'ECDHE-RSA-AES256-GCM-SHA384',
  serverName: null,
  offeredCiphers: ['ECDHE-RSA-AES256-GCM-SHA384', 'AES256-SHA'],
  clientCertificate: {
    pem: '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----',
    verification: 'SUCCESS',
    fingerprint: 'ab',
    serial: '01',
    subject: 'CN=alice',
    issuer: 'CN=ca',
    startDate: 'Jan 1 00:00:00 2026 GMT',
    endDate: 'Jan 1 00:00:00 2027 GMT',
  },
};
