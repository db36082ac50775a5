import type { Socket } from 'node:net';
import type { BackendRequest } from '../../routing/route.ts';
import type { BackendBody, BackendCall, BackendReceiver, BackendTransport } from './backend-transport.ts';
import { UndiciTransport, type UndiciTransportOptions } from './undici-transport.ts';

/** The server's own idea of when an idle connection ends is what counts. */
const dayMilliseconds = 24 * 60 * 60 * 1000;

/**
 * A connection to one server for each connection of a client, for as long as that lasts: what NTLM and Kerberos, which
 * authenticate connections, need. Clients without a connection of their own, such as those with HTTP/2, share.
 * https://learn.microsoft.com/azure/application-gateway/configuration-http-settings#dedicated-backend-connection
 */
export class DedicatedTransport implements BackendTransport {
  readonly #options: UndiciTransportOptions;
  readonly #shared: UndiciTransport;
  readonly #byClient = new Map<Socket, UndiciTransport>();

  constructor(options: UndiciTransportOptions) {
    this.#options = options;
    this.#shared = new UndiciTransport(options);
  }

  send(request: BackendRequest, body: BackendBody, receiver: BackendReceiver, client: Socket | null): BackendCall {
    const transport = client === null || client.destroyed ? this.#shared : this.#transportFor(client);
    return transport.send(request, body, receiver);
  }

  cut(): void {
    for (const transport of [this.#shared, ...this.#byClient.values()]) transport.cut();
  }

  async dispose(): Promise<void> {
    const dedicated = [...this.#byClient.values()];
    this.#byClient.clear();
    await Promise.all([this.#shared, ...dedicated].map((transport) => transport.dispose()));
  }

  #transportFor(client: Socket): UndiciTransport {
    const known = this.#byClient.get(client);
    if (known !== undefined) return known;
    const transport = new UndiciTransport({ ...this.#options, connections: 1, keepAliveMilliseconds: dayMilliseconds });
    this.#byClient.set(client, transport);
    client.once('close', () => {
      this.#byClient.delete(client);
      void transport.dispose();
    });
    return transport;
  }
}
