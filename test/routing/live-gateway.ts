import { type Emulator, startEmulator } from '../../src/emulator/emulator.ts';
import type { RequestRecord } from '../../src/observability/request-record.ts';
import { firstHeader } from '../../src/rewrite/raw-headers.ts';
import type { ClientRequest, RawHeaders, ResponseHead } from '../../src/routing/route.ts';
import { authority, forClients, type Made, make } from '../certificates/pki.ts';
import { describeRoute, linesByName, type Situation } from './decide.ts';
import type { Expectation, Fact } from './facts/fact.ts';
import { makeGateway } from './gateway-fixture.ts';
import { connectAs, readHead, sendRaw } from './raw-client.ts';
import { makeRequest, type RequestSpec } from './request-fixture.ts';
import { type ReceivedHead, type ScriptedServer, startScriptedServer } from './scripted-server.ts';

/** What became of a request that was really sent. */
export interface Witnessed {
  readonly record: RequestRecord;
  /** As client and server saw it. */
  readonly outcome: Expectation;
  readonly receivedByServer: ReceivedHead | null;
  readonly isAnswered: boolean;
}

/** A gateway on real sockets, with one server behind all of its pools. */
export class LiveGateway {
  readonly emulator: Emulator;
  readonly #server: ScriptedServer;
  readonly #clientIps: Map<number, string>;
  readonly #clientCertificate: Made | null;

  private constructor(
    emulator: Emulator,
    server: ScriptedServer,
    clientIps: Map<number, string>,
    clientCertificate: Made | null,
  ) {
    this.emulator = emulator;
    this.#server = server;
    this.#clientIps = clientIps;
    this.#clientCertificate = clientCertificate;
  }

  static async start({ gateway: spec, behaviour }: Pick<Fact, 'gateway' | 'behaviour'>): Promise<LiveGateway> {
    const asksForCertificates = (spec.listeners ?? []).some(
      ({ clientCertificates }) => clientCertificates !== undefined,
    );
    const client = asksForCertificates ? makeClient() : null;
    const gateway = makeGateway(client === null ? spec : { ...spec, clientAuthority: client.authority.cert });
    const server = await startScriptedServer();
    const clientIps = new Map<number, string>();
    const backends = gateway.backendAddressPools.map(({ name }) => [name, `127.0.0.1:${server.port}`] as const);
    const emulator = await startEmulator({
      gateway,
      listen: { all: 0 },
      backends: Object.fromEntries(backends),
      clientIps,
      ...(behaviour === undefined ? {} : { behaviour }),
    });
    return new LiveGateway(emulator, server, clientIps, client?.certificate ?? null);
  }

  /** Sends a request as it is described and follows it to its end. */
  async witness(spec: RequestSpec): Promise<Witnessed> {
    const request = makeRequest(spec);
    this.#server.received = null;
    this.#server.response = { status: spec.response?.status ?? 200, headers: (spec.response?.headers ?? []).flat() };
    const over = this.emulator.events.next('request');
    const socket = await connectAs(request, this.#portFor(request), this.#clientCertificate);
    this.#clientIps.set(socket.localPort ?? 0, request.clientIp);
    sendRaw(socket, request);
    const response = await readHead(socket);
    // A connection that was switched to another protocol ends only when somebody ends it.
    if (response?.status === 101) socket.destroy();
    const [record] = await over;
    socket.destroy();
    const { received } = this.#server;
    return {
      record,
      outcome: describe(record, response, received, spec),
      receivedByServer: received,
      isAnswered: response !== null,
    };
  }

  /** The entry point that a request reached, with its table. */
  entryFor({ serverPort }: ClientRequest): Pick<Situation, 'table' | 'entryPoint'> {
    const { table } = this.emulator;
    const entryPoint = table.entryPoints.find(({ port }) => port === serverPort);
    if (entryPoint === undefined) throw new Error(`the gateway has no listener on port ${serverPort}`);
    return { table, entryPoint };
  }

  async dispose(): Promise<void> {
    await this.emulator.dispose(0);
    await this.#server.close();
  }

  #portFor({ serverPort }: ClientRequest): number {
    const listener = this.emulator.listeners.find(({ frontendPort }) => frontendPort === serverPort);
    if (listener === undefined) throw new Error(`the gateway has no listener on port ${serverPort}`);
    return listener.port;
  }
}

/** A client with a certificate, and the authority that issued it. */
function makeClient(): { readonly authority: Made; readonly certificate: Made } {
  const issuer = make({ subject: '/CN=ca', extensions: authority });
  return { authority: issuer, certificate: make({ subject: '/CN=alice', issuer, extensions: forClients }) };
}

function describe(
  record: RequestRecord,
  response: ResponseHead | null,
  received: ReceivedHead | null,
  { isUpgrade = false }: RequestSpec,
): Expectation {
  const { route } = record;
  const location = response === null ? undefined : firstHeader(response.headers, 'location');
  return {
    ...(route === null ? { listener: null } : describeRoute(route)),
    errorInfo: record.errorInfo,
    ...(response === null ? {} : { status: response.status }),
    ...(location === undefined ? {} : { location }),
    ...(received === null ? {} : { forwarded: received.path, toServer: passedOn(received.headers, isUpgrade) }),
    ...(received === null || response === null ? {} : { toClient: passedOn(response.headers, isUpgrade) }),
  };
}

const ofOneConnection = new Set(['connection', 'keep-alive', 'transfer-encoding']);

/** Without the headers that each connection has of its own: the gateway writes its own where it takes one away. */
function passedOn(headers: RawHeaders, isUpgrade: boolean): Record<string, string> {
  const lines = Object.entries(linesByName(headers));
  return Object.fromEntries(lines.filter(([name]) => isUpgrade || !ofOneConnection.has(name.toLowerCase())));
}
