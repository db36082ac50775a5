import { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import type { CommandDefinition } from '../command-definition.ts';
import { exitCode } from '../exit-code.ts';
import { addInput, addStandIns, type InputOptions } from '../input-options.ts';
import { writeLine } from '../io.ts';

interface EvalOptions extends InputOptions {
  readonly resource?: string;
  readonly expression?: string;
}

const examples = [
  'agate eval fixtures/example/azuredeploy.json',
  'agate eval fixtures/example/azuredeploy.json -p gatewayName=gw1 --resource Microsoft.Network/applicationGateways',
  `agate eval fixtures/example/azuredeploy.json --expression "[resourceId('Microsoft.Network/applicationGateways', parameters('gatewayName'))]"`,
];

const about = `Evaluates a template as Azure Resource Manager would, offline, and prints its resources and outputs. \`--expression\` evaluates one expression in the
template's scope. What only Azure knows has to be given under \`references\` in \`agate.yaml\`.`;

/** `agate eval`: what a template comes to, as JSON. */
export function evalCommand({ io, finish }: CommandContext): CommandDefinition {
  const command = new Command('eval').description('Print the evaluated resources and outputs of a template as JSON.');
  addStandIns(addInput(command))
    .option('--resource <type>', 'only resources of this type')
    .option('--json', 'what is printed is JSON in any case; for scripts that give this to every command')
    .option('--expression <text>', "evaluate one expression in the template's scope instead")
    .action(async (template: string, options: EvalOptions) => {
      const { evaluate } = await import('../evaluate.ts');
      const { text, isComplete } = await evaluate(template, options, io);
      if (text !== undefined) await writeLine(io.stdout, text);
      finish(isComplete ? exitCode.fine : exitCode.couldNotWork);
    });
  return { command, about, examples };
}
