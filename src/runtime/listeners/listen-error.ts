import { EmulatorError } from '../../base/errors.ts';

/** Puts what went wrong with listening into words, with a way out. */
export function listenError(cause: unknown, frontendPort: number, address: string, port: number): EmulatorError {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  const place = address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
  const another = `Free it, or take another one: --listen ${frontendPort}=<port>, with 0 for any that is free.`;
  switch (code) {
    case 'EADDRINUSE':
      return new EmulatorError('PortInUse', `${place} (for frontend port ${frontendPort}) is in use.`, {
        hint: another,
        cause,
      });
    case 'EACCES':
      return new EmulatorError('PortNotPermitted', `Listening on ${place} is not permitted.`, {
        hint: `Ports below 1024 need special rights. Take another one: --listen ${frontendPort}=<port>.`,
        cause,
      });
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new EmulatorError('AddressNotAvailable', `This machine has no address ${address}.`, {
        hint: `Name one it has: --bind <address> or --listen ${frontendPort}=<address>:<port>.`,
        cause,
      });
    default:
      return new EmulatorError('AddressNotAvailable', `Listening on ${place} failed: ${String(cause)}`, { cause });
  }
}
