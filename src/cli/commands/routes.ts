import { Command, Option } from 'commander';
import type { CommandContext } from '../command-context.ts';
import type { CommandDefinition } from '../command-definition.ts';
import { exitCode } from '../exit-code.ts';
import { addInput, type InputOptions } from '../input-options.ts';
import { writeLine, writeText } from '../io.ts';

interface RoutesOptions extends InputOptions {
  readonly format: 'table' | 'json' | 'mermaid';
}

const examples = [
  'agate routes fixtures/example/azuredeploy.json',
  'agate routes fixtures/example/azuredeploy.json --format mermaid',
];

const about = `Lists every way through a gateway: listener, host names, path, priority, and the pool or redirect it leads to. \`--format mermaid\` draws a diagram
for a Markdown page.`;

/** `agate routes`: every way through the gateway. */
export function routesCommand({ io, finish }: CommandContext): CommandDefinition {
  const command = new Command('routes').description('List every route: listener, rule, path, and where it leads.');
  addInput(command)
    .addOption(new Option('--format <format>', 'output format').choices(['table', 'json', 'mermaid']).default('table'))
    .option('--json', 'the same as --format json')
    .action(async (template: string, options: RoutesOptions & { readonly json?: boolean }) => {
      const { openRoutingTable } = await import('../open-routing-table.ts');
      const { listRoutes } = await import('../../routing/list-routes.ts');
      const { renderRoutesMermaid, renderRoutesTable } = await import('../../routing/render-routes.ts');
      const routes = listRoutes(await openRoutingTable(template, options, io));
      const format = options.json ? 'json' : options.format;
      if (format === 'json') await writeLine(io.stdout, JSON.stringify(routes, null, 2));
      else await writeText(io.stdout, { table: renderRoutesTable, mermaid: renderRoutesMermaid }[format](routes));
      finish(exitCode.fine);
    });
  return { command, about, examples };
}
