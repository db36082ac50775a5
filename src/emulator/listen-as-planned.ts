import { EmulatorError } from '../base/errors.ts';
import type { GatewayServer } from '../runtime/listeners/gateway-server.ts';
import { listenError } from '../runtime/listeners/listen-error.ts';
import type { PlannedListener } from '../runtime/listeners/plan-listeners.ts';

/** How far to look for a free port where an address is not to be had. */
const portsToTry = 100;

/**
 * Lets a server listen where the plan says.
 *
 * @throws EmulatorError `PortInUse`, `PortNotPermitted` or `AddressNotAvailable`
 */
export async function listenAsPlanned(
  server: GatewayServer,
  planned: PlannedListener,
): Promise<{ address: string; port: number }> {
  const { frontendPort, address, port, fallbackAddress } = planned;
  try {
    return await server.listen(address, port);
  } catch (cause) {
    const error = listenError(cause, frontendPort, address, port);
    if (fallbackAddress === null || error.code !== 'AddressNotAvailable') throw error;
    return listenNear(server, planned, fallbackAddress);
  }
}

/** macOS has no other loopback address than 127.0.0.1 by itself. */
async function listenNear(
  server: GatewayServer,
  { frontendPort, port }: PlannedListener,
  address: string,
): Promise<{ address: string; port: number }> {
  const last = Math.min(65_535, port + portsToTry);
  for (let next = port + 1; next <= last; next++) {
    try {
      return await server.listen(address, next);
    } catch (cause) {
      const error = listenError(cause, frontendPort, address, next);
      if (error.code !== 'PortInUse') throw error;
    }
  }
  throw new EmulatorError('PortInUse', `No port from ${port + 1} to ${last} is free on ${address}.`, {
    hint: `Name one: --listen ${frontendPort}=<port>.`,
  });
}
