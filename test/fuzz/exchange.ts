import { once } from 'node:events';
import { connect } from 'node:net';
import type { Emulator } from '../../src/emulator/emulator.ts';

/** Sends bytes to a gateway over a connection of their own, and gives what came back until it was closed. */
export async function exchange(gateway: Emulator, bytes: string): Promise<string> {
  const socket = connect(gateway.listeners[0]?.port ?? 0, '127.0.0.1');
  socket.on('error', () => undefined);
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1');
  });
  socket.write(bytes, 'latin1');
  await once(socket, 'close');
  return text;
}
