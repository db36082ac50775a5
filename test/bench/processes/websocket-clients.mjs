// Opens many WebSockets and leaves them idle. Told by IPC messages, answers by IPC messages:
//   { open: 10000, url }  → { opened, failed }
//   'check'               → { alive }: how many still echo
import { once } from 'node:events';
import { WebSocket } from 'ws';

const openAtOnce = 100;
const sockets = [];

async function openAll(count, url) {
  let left = count;
  let failed = 0;
  const openOneAfterAnother = async () => {
    while (left-- > 0) {
      const socket = new WebSocket(url, { perMessageDeflate: false });
      socket.on('error', () => undefined);
      try {
        await once(socket, 'open');
        sockets.push(socket);
      } catch {
        failed++;
      }
    }
  };
  await Promise.all(Array.from({ length: openAtOnce }, openOneAfterAnother));
  return { opened: sockets.length, failed };
}

function echoes(socket) {
  if (socket.readyState !== WebSocket.OPEN) return false;
  return new Promise((resolve) => {
    socket.once('message', (data) => resolve(data.toString() === 'still there?'));
    socket.once('close', () => resolve(false));
    socket.send('still there?');
  });
}

async function countAlive() {
  let alive = 0;
  for (let at = 0; at < sockets.length; at += openAtOnce) {
    const answers = await Promise.all(sockets.slice(at, at + openAtOnce).map(echoes));
    alive += answers.filter(Boolean).length;
  }
  return { alive };
}

process.on('message', async (message) => {
  process.send(message === 'check' ? await countAlive() : await openAll(message.open, message.url));
});
process.on('disconnect', () => process.exit());
