import type { Clock } from '../base/clock.ts';
import { EmulatorError } from '../base/errors.ts';
import { chooseGateway } from '../gateway/choose-gateway.ts';
import { loadGateways } from '../gateway/load-gateways.ts';
import { compileRoutingTable, type RoutingTable } from '../routing/compile-routing-table.ts';
import { kinds } from '../template/diagnostics.ts';
import { withNamedGateway } from './gateway-named-by-config.ts';
import type { InputOptions } from './input-options.ts';
import type { Io } from './io.ts';
import { hasErrors, type LoadedInput, loadDocument } from './load.ts';
import { printDiagnostics } from './print-diagnostics.ts';

export interface OpenedRouting {
  readonly table: RoutingTable;
  /** Whether values were made up for parameters, which commands that start a gateway do with `--stand-ins` only. */
  readonly usesStandIns: boolean;
  /** The table of the same template, had it been evaluated by another clock; undefined when that has no such gateway. */
  at(clock: Clock): RoutingTable | undefined;
}

/**
 * The routing table of the gateway that a command was given. Errors of the template go to stderr; what can be routed is
 * routed all the same.
 *
 * @throws EmulatorError when there is no gateway to route with
 */
export async function openRoutingTable(template: string, options: InputOptions, io: Io): Promise<RoutingTable> {
  return (await openRouting(template, options, io)).table;
}

/**
 * As {@link openRoutingTable}, for whoever has to know more about where the table comes from.
 *
 * @throws EmulatorError when there is no gateway to route with
 */
export async function openRouting(template: string, options: InputOptions, io: Io): Promise<OpenedRouting> {
  const loaded = await loadDocument(template, options, { standIns: true, placeholders: true }, io);
  refuseFaultyInput(loaded, io);
  const { behaviour } = loaded.input.config.values;
  const { value, diagnostics } = loadGateways(loaded.document);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  printDiagnostics(errors, loaded.sourcesFor(errors), io);
  const chosen = withNamedGateway(loaded, io, () =>
    chooseGateway(value.gateways, loaded.input.gateway, loaded.input.source.name),
  );
  const table = compileRoutingTable(chosen.gateway, behaviour);
  printDiagnostics(table.problems, loaded.sources, io);
  return {
    table,
    usesStandIns: diagnostics.some(({ code }) => code === kinds.parameterStandIn.code),
    at(clock) {
      const { gateways } = loadGateways({ ...loaded.document, clock }).value;
      // By its place: its very name may be what time changes.
      const again = gateways[value.gateways.indexOf(chosen)];
      return again === undefined ? undefined : compileRoutingTable(again.gateway, behaviour);
    },
  };
}

/**
 * A template with errors is still explained, since that may tell what is wrong with it. With errors in the
 * configuration nothing is: what it says about behaviour would silently not count.
 */
function refuseFaultyInput(loaded: LoadedInput, io: Io): void {
  const { diagnostics, input } = loaded;
  if (!hasErrors(diagnostics)) return;
  printDiagnostics(diagnostics, loaded.sourcesFor(diagnostics), io);
  throw new EmulatorError('InvalidOption', `Nothing is routed by '${input.source.name}' until that is mended.`, {
    hint: 'These are faults of agate.yaml or of the parameters; a template with faults would be explained all the same.',
  });
}
