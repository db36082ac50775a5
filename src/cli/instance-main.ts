import type { Socket } from 'node:net';
import { Instance } from '../instances/instance.ts';
import type { ToInstance } from '../instances/messages.ts';

const instance = new Instance((message, sent) => {
  if (process.connected) process.send?.(message, undefined, {}, () => sent?.());
  else sent?.();
});

process.on('message', (message, handle) => instance.receive(message as ToInstance, handle as Socket | undefined));
// The process that listens is gone, or wants this one to be.
process.on('disconnect', () => process.exit());
// Signals of a terminal reach all processes; the one that listens says what is to happen.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
// Until then it stays, whether or not it has connections.
process.channel?.ref();
