// Loaded before the program under measurement (`node --expose-gc --import`): answers 'memory' on the IPC channel with
// what is in use after a collection. The channel does not keep the process alive. SIGUSR2 collects only, for processes
// that are asked from outside.
process.on('message', (message) => {
  if (message !== 'memory') return;
  // Twice: what the first collection finalises is only freed by the next one.
  globalThis.gc();
  setImmediate(() => {
    globalThis.gc();
    process.send({ memory: process.memoryUsage() });
  });
});
process.on('SIGUSR2', () => {
  globalThis.gc();
  setImmediate(() => globalThis.gc());
});
process.channel?.unref();
