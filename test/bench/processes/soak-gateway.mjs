// The gateway of the soak, from the built library. Told to by IPC, it deploys a template or says what it has open.
import { startEmulator } from '../../../dist/index.js';

let gateway;

async function act({ start, deploy, handles }) {
  if (start !== undefined) {
    gateway = await startEmulator({ ...start, listen: { all: 0 } });
    return { port: gateway.listeners[0].port };
  }
  if (deploy !== undefined) {
    await gateway.deploy(deploy);
    return { deployed: true };
  }
  if (handles !== undefined) {
    const counts = {};
    for (const type of process.getActiveResourcesInfo()) counts[type] = (counts[type] ?? 0) + 1;
    return { handles: counts };
  }
}

process.on('message', async (message) => {
  const answer = await act(message);
  if (answer !== undefined) process.send(answer);
});
// The memory probe would let the process end before it has been told anything.
process.channel.ref();
console.log('ready');
