import { once } from 'node:events';
import { type IncomingMessage, request, type ServerResponse } from 'node:http';
import { expect } from 'vitest';
import type { Emulator } from '../../../src/emulator/emulator.ts';
import {
  ask,
  open,
  portOfListener,
  type Reply,
  startBackend,
  startGatewayBefore,
  startRawBackend,
  type TestBackend,
} from '../fixture.ts';
import { StillClock } from '../still-clock.ts';
import { sources, testFacts } from './fact.ts';

const { badGateway, events, monitor, choice } = sources;
/** How far apart the gateway looks whether somebody is silent. */
const tick = 250;
const limit = 30_000;

/** Servers that tell when they are asked, and say nothing. */
class SilentServers {
  readonly clock = new StillClock();
  readonly servers: TestBackend[] = [];
  readonly pending: ServerResponse[] = [];
  #asked: () => void = () => undefined;

  async start(count: number, generation: 'v1' | 'v2' = 'v2'): Promise<Emulator> {
    for (let index = 0; index < count; index++) {
      const server = await startBackend((_incoming, outgoing) => {
        this.pending.push(outgoing);
        this.#asked();
      });
      this.servers.push(server);
    }
    const spec = { generation, settings: { settings: { requestTimeoutSeconds: limit / 1000 } } };
    const options = { clock: this.clock, globalConfiguration: { enableResponseBuffering: false } };
    return startGatewayBefore(this.servers, spec, options);
  }

  asked(): Promise<void> {
    return new Promise((resolve) => {
      this.#asked = resolve;
    });
  }
}

/** Asks so many servers in turn, each of which is silent for as long as it may. */
async function exhaust(silent: SilentServers, gateway: Emulator, attempts: number): Promise<Reply> {
  let asked = silent.asked();
  const reply = ask(gateway, '/x');
  for (let attempt = 0; attempt < attempts; attempt++) {
    await asked;
    asked = silent.asked();
    silent.clock.advance(limit - 1);
    expect(gateway.requests()).toEqual([]);
    silent.clock.advance(tick);
  }
  return reply;
}

testFacts('request time-out', [
  [
    'v1 answers 502, without asking a second server',
    badGateway,
    async () => {
      const silent = new SilentServers();
      const gateway = await silent.start(2, 'v1');
      expect((await exhaust(silent, gateway, 1)).status).toBe(502);
    },
  ],
  [
    'v2 tries a second server, and answers 504 when that is silent as well, for as long again',
    badGateway,
    async () => {
      const silent = new SilentServers();
      const gateway = await silent.start(3);
      expect((await exhaust(silent, gateway, 2)).status).toBe(504);
      expect(gateway.requests()[0]?.attempts.map(({ status }) => status)).toEqual([504, 504]);
      expect(silent.pending).toHaveLength(2);
    },
  ],
  [
    'v2 with one server answers 504 at the limit, which is in the log as its status',
    'https://github.com/Azure/application-gateway-kubernetes-ingress/issues/770',
    async () => {
      const silent = new SilentServers();
      const gateway = await silent.start(1);
      expect((await exhaust(silent, gateway, 1)).status).toBe(504);
      expect(gateway.requests()[0]).toMatchObject({
        errorInfo: 'ERRORINFO_UPSTREAM_TIMED_OUT',
        totalMilliseconds: limit - 1 + tick,
        attempts: [{ status: 504 }],
      });
    },
  ],
  [
    'the clock runs between two signs of life, and not over the whole of a response',
    events,
    async () => {
      const silent = new SilentServers();
      const gateway = await silent.start(1);
      const asked = silent.asked();
      const coming = open(gateway, '/events');
      await asked;
      silent.pending[0]?.writeHead(200).write('0');
      const response = await coming;
      const seen: string[] = [];
      for await (const chunk of response) {
        seen.push(String(chunk));
        silent.clock.advance(limit - tick);
        if (seen.length < 4) silent.pending[0]?.write(String(seen.length));
        else silent.pending[0]?.end();
      }
      expect(seen).toEqual(['0', '1', '2', '3']);
      expect(gateway.requests()[0]).toMatchObject({ status: 200, errorInfo: 'ERRORINFO_NO_ERROR' });
    },
  ],
  [
    'a request that takes its time is no silence of the server, as long as that takes it',
    choice,
    async () => {
      const clock = new StillClock();
      let received: () => void = () => undefined;
      const server = await startBackend((incoming, outgoing) => {
        incoming.on('data', () => received()).on('end', () => outgoing.end('fine'));
      });
      const spec = { settings: { settings: { requestTimeoutSeconds: limit / 1000 } } };
      const options = { clock, globalConfiguration: { enableRequestBuffering: false } };
      const gateway = await startGatewayBefore([server], spec, options);
      const port = portOfListener(gateway);
      const upload = request({ port, host: '127.0.0.1', path: '/x', method: 'POST', agent: false });
      for (let part = 0; part < 4; part++) {
        const arrived = new Promise<void>((resolve) => {
          received = resolve;
        });
        upload.write('part');
        await arrived;
        clock.advance(limit - tick);
      }
      upload.end();
      const [response] = (await once(upload, 'response')) as [IncomingMessage];
      expect(response.resume().statusCode).toBe(200);
    },
  ],
  [
    'a response that stops for so long is broken off',
    choice,
    async () => {
      const silent = new SilentServers();
      const gateway = await silent.start(1);
      const asked = silent.asked();
      const coming = open(gateway, '/events');
      await asked;
      silent.pending[0]?.writeHead(200).write('0');
      const response = await coming;
      const broken = new Promise((resolve) => response.once('error', resolve));
      response.once('data', () => silent.clock.advance(limit + tick));
      await broken;
      expect(gateway.requests()[0]).toMatchObject({ status: 200, errorInfo: 'ERRORINFO_UPSTREAM_TIMED_OUT' });
    },
  ],
  [
    'a server that closes its connection early is told of as such, with 502',
    monitor,
    async () => {
      const gateway = await startGatewayBefore([await startRawBackend((socket) => socket.end())]);
      expect((await ask(gateway, '/x')).status).toBe(502);
      expect(gateway.requests()[0]?.errorInfo).toBe('ERRORINFO_UPSTREAM_CLOSED_CONNECTION');
    },
  ],
]);
