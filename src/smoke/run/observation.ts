import type { ReceivedRequest } from '../../mock-backend/mock-backend.ts';
import type { RequestRecord } from '../../observability/request-record.ts';

/** What a client got. */
export interface ClientResponse {
  readonly status: number;
  /** Name, value, name, value … */
  readonly rawHeaders: readonly string[];
  readonly body: string;
}

/** A message of a WebSocket that came, or did not, where one was expected. */
export interface AwaitedMessage {
  readonly actual: string | null;
}

/** Everything that is known about one request after it is over. */
export interface Observation {
  readonly response: ClientResponse | null;
  /** Why there is no response, or why it broke off; null when all went well. */
  readonly failure: string | null;
  readonly milliseconds: number;
  /** What the gateway decided; null when the request did not reach it. */
  readonly record: RequestRecord | null;
  /** What stand-ins received, in their order: several when the gateway tried again. */
  readonly received: readonly ReceivedRequest[];
  /** One for each `expect` among the steps of a WebSocket. */
  readonly messages: readonly AwaitedMessage[];
}

/** What the client alone can tell. */
export interface ClientView extends Pick<Observation, 'response' | 'failure' | 'messages'> {
  /** false when nothing was sent, so that nothing will be known of it. */
  readonly isSent: boolean;
}

/** A request that could not be sent. */
export function notSent(failure: string): ClientView {
  return { response: null, failure, messages: [], isSent: false };
}

/**
 * What a client library has to say about a request that it does not take, as one with a line break in a header that came
 * out of a variable.
 *
 * @throws what else it threw
 */
export function refusedByClient(error: unknown): ClientView {
  if (!(error instanceof TypeError || error instanceof SyntaxError)) throw error;
  return notSent(`It cannot be sent: ${error.message}.`);
}
