import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { Emulator } from '../../../src/emulator/emulator.ts';
import { portOfListener } from '../fixture.ts';

export const megabyte = 1024 * 1024;

/** Connects to the gateway's listener. */
export async function openSocket(gateway: Emulator): Promise<Socket> {
  const socket = connect(portOfListener(gateway), '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

/** Sends a piece again and again, as fast as it is taken, until the connection is closed or enough was sent. */
export async function flood(socket: Socket, piece: string | Buffer, enough: number): Promise<number> {
  const bytes = repeated(piece);
  const closed = new Promise((resolve) => socket.once('close', resolve));
  while (socket.writable && socket.bytesWritten < enough) {
    if (socket.write(bytes)) continue;
    await Promise.race([new Promise((resolve) => socket.once('drain', resolve)), closed]);
  }
  return socket.bytesWritten;
}

function repeated(piece: string | Buffer): Buffer {
  const bytes = typeof piece === 'string' ? Buffer.from(piece, 'latin1') : piece;
  return Buffer.concat(Array.from({ length: Math.ceil(65_536 / bytes.length) }, () => bytes));
}

/** How much has left a client when the other side takes no more of it. */
export async function sentUntilNothingMoves(socket: Socket): Promise<number> {
  for (let last = -1; ; ) {
    const sent = socket.bytesWritten - socket.writableLength;
    if (sent === last) return sent;
    last = sent;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}
