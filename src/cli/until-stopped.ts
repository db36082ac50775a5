/**
 * Waits for SIGINT or SIGTERM. A second one ends the process at once, for whoever does not want to wait until requests
 * in flight are finished.
 */
export function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    // Listening to signals does not keep the process alive; sockets normally do, but every listener may be unused.
    const alive = setInterval(() => undefined, 2 ** 30);
    let isStopping = false;
    const onSignal = (signal: NodeJS.Signals) => {
      if (isStopping) process.exit(signal === 'SIGINT' ? 130 : 143);
      isStopping = true;
      clearInterval(alive);
      resolve();
    };
    process.on('SIGINT', onSignal);
    process.on('SIGTERM', onSignal);
  });
}
