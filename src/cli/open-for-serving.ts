import { EmulatorError } from '../base/errors.ts';
import { type OpenedGateway, openGateway, TemplateRefused } from '../emulator/open-gateway.ts';
import type { Gateway } from '../gateway/model.ts';
import { findConfigFaults } from './config-against-gateway.ts';
import { withNamedGateway } from './gateway-named-by-config.ts';
import type { Io } from './io.ts';
import type { LoadedInput } from './load.ts';
import { printDiagnostics } from './print-diagnostics.ts';

/**
 * Shows what was found, and gives the gateway if it can be served.
 *
 * @throws EmulatorError when it cannot
 */
export function openForServing(loaded: LoadedInput, strict: boolean, io: Io): OpenedGateway {
  try {
    const { config, gateway: name } = loaded.input;
    const choices = {
      gateway: name,
      strict,
      found: loaded.diagnostics,
      check: (gateway: Gateway) => config.file?.tell(findConfigFaults(config, gateway)) ?? [],
    };
    const opened = withNamedGateway(loaded, io, () => openGateway(loaded.document, choices));
    // Warnings are for `agate lint`; what Azure would refuse has to be known before anything works here.
    const errors = opened.diagnostics.filter(({ severity }) => severity === 'error');
    printDiagnostics(errors, loaded.sourcesFor(errors), io);
    return opened;
  } catch (fault) {
    if (!(fault instanceof TemplateRefused) || fault.diagnostics.length === 0) throw fault;
    printDiagnostics(fault.diagnostics, loaded.sourcesFor(fault.diagnostics), io);
    // All reasons stand above; the message need not repeat the first of them.
    const hint = fault.hint === undefined ? {} : { hint: fault.hint };
    throw new EmulatorError(fault.code, `'${loaded.input.source.name}' is not served.`, { ...hint, cause: fault });
  }
}
