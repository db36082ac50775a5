import { chooseGateway } from '../gateway/choose-gateway.ts';
import { loadGateways } from '../gateway/load-gateways.ts';
import { compileRoutingTable, type RoutingTable } from '../routing/compile-routing-table.ts';
import type { InputOptions } from './input-options.ts';
import type { Io } from './io.ts';
import { loadDocument } from './load.ts';
import { printDiagnostics } from './print-diagnostics.ts';

/**
 * The routing table of the gateway that a command was given. Errors of the template go to stderr; what can be routed is
 * routed all the same.
 *
 * @throws EmulatorError when there is no gateway to route with
 */
export async function openRoutingTable(template: string, options: InputOptions, io: Io): Promise<RoutingTable> {
  const loaded = await loadDocument(template, options, { standIns: true, placeholders: true }, io);
  const { value, diagnostics } = loadGateways(loaded.document);
  const errors = [...loaded.diagnostics, ...diagnostics].filter(({ severity }) => severity === 'error');
  printDiagnostics(errors, loaded.sources, io);
  const { gateway } = chooseGateway(value.gateways, loaded.input.gateway, loaded.input.source.name);
  const table = compileRoutingTable(gateway, loaded.input.config.values.behaviour);
  printDiagnostics(table.problems, loaded.sources, io);
  return table;
}
