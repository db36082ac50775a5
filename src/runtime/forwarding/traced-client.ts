import type { Socket } from 'node:net';
import { type buildConnector, Client, type Dispatcher } from 'undici';

/** The connection that a client of undici has now; another one after it was closed. */
export class CurrentConnection {
  socket: Socket | null = null;

  /** The port on this side. */
  get sourcePort(): number | null {
    return this.socket?.localPort ?? null;
  }
}

/** Learns which connection will carry it. */
export interface TracedCall {
  takenBy(connection: CurrentConnection): void;
}

export interface TracedOptions extends Dispatcher.DispatchOptions {
  readonly call: TracedCall;
}

/** Tells each request the connection that carries it: undici (7) tells handlers of everything but that. */
class TracedClient extends Client {
  readonly #connection: CurrentConnection;

  constructor(origin: URL, options: Client.Options, connection: CurrentConnection) {
    super(origin, options);
    this.#connection = connection;
  }

  override dispatch(
    options: Dispatcher.DispatchOptions & Partial<TracedOptions>,
    handler: Dispatcher.DispatchHandler,
  ): boolean {
    options.call?.takenBy(this.#connection);
    return super.dispatch(options, handler);
  }
}

/** Makes the clients of a pool, each with a connection of its own. */
export function tracedClients(connector: buildConnector.connector): (origin: URL, options: object) => Client {
  return (origin, options) => {
    const connection = new CurrentConnection();
    const connect: buildConnector.connector = (target, callback) =>
      connector(target, (...result) => {
        connection.socket = result[1];
        callback(...result);
      });
    return new TracedClient(origin, { ...options, connect }, connection);
  };
}
