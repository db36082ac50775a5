import { Agent, type AgentOptions, type RequestOptions } from 'node:https';
import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import type { BackendTls } from './backend-tls.ts';

/** Makes connections that are asked about once more when their handshake is over. */
export class CheckingAgent extends Agent {
  readonly #check: NonNullable<BackendTls['checkPeer']>;

  constructor(options: AgentOptions, check: NonNullable<BackendTls['checkPeer']>) {
    super(options);
    this.#check = check;
  }

  override createConnection(
    options: RequestOptions,
    callback?: (error: Error | null, stream: Duplex) => void,
  ): Duplex | null | undefined {
    const socket = super.createConnection(options, callback);
    if (socket instanceof TLSSocket) {
      socket.once('secureConnect', () => {
        const fault = this.#check(socket, options.servername || String(options.host));
        if (fault !== undefined) socket.destroy(fault);
      });
    }
    return socket;
  }
}
