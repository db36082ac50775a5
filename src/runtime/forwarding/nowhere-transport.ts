import type { BackendRequest } from '../../routing/route.ts';
import type { BackendBody, BackendCall, BackendReceiver, BackendTransport } from './backend-transport.ts';

/** Leads to a server that does not exist, whose address may even be none. */
export class NowhereTransport implements BackendTransport {
  send(_request: BackendRequest, _body: BackendBody, receiver: BackendReceiver): BackendCall {
    let isOver = false;
    queueMicrotask(() => {
      if (!isOver) receiver.onFailure({ kind: 'connect', why: 'cannot be reached', wasReused: false });
    });
    const abort = () => {
      isOver = true;
    };
    return { resume: () => undefined, abort };
  }

  cut(): void {
    // There are no connections.
  }

  async dispose(): Promise<void> {
    // Nor will there be any.
  }
}
