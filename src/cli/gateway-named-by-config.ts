import { EmulatorError } from '../base/errors.ts';
import type { Io } from './io.ts';
import type { LoadedInput } from './load.ts';
import { printDiagnostics } from './print-diagnostics.ts';

/**
 * Does what may find that there is no such gateway. When it was `agate.yaml` that named it, the fault is told where the
 * name stands.
 */
export function withNamedGateway<T>(loaded: LoadedInput, io: Io, choose: () => T): T {
  try {
    return choose();
  } catch (fault) {
    const { gateway, config } = loaded.input;
    const isNamed = gateway !== undefined && gateway === config.values.gateway;
    if (!(fault instanceof EmulatorError) || fault.code !== 'NotAGateway' || !isNamed) throw fault;
    const { message, hint } = fault;
    const told = config.file?.tell([{ path: ['gateway'], message, ...(hint === undefined ? {} : { hint }) }]) ?? [];
    printDiagnostics(told, loaded.sourcesFor(told), io);
    throw new EmulatorError('NotAGateway', `There is no gateway '${gateway}'.`, { cause: fault });
  }
}
