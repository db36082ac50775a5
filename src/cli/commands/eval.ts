import { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { exitCode } from '../exit-code.ts';
import { addInput, addStandIns, type InputOptions } from '../input-options.ts';
import { writeLine } from '../io.ts';

interface EvalOptions extends InputOptions {
  readonly resource?: string;
  readonly expression?: string;
}

const examples = `
Examples:
  agate eval fixtures/example/azuredeploy.json
  agate eval fixtures/example/azuredeploy.json -p gatewayName=gw1 --resource Microsoft.Network/applicationGateways
  agate eval fixtures/example/azuredeploy.json --expression "[resourceId('Microsoft.Network/applicationGateways', parameters('gatewayName'))]"`;

/** `agate eval`: what a template comes to, as JSON. */
export function evalCommand({ io, finish }: CommandContext): Command {
  const command = new Command('eval').description('Print the evaluated resources and outputs of a template as JSON.');
  return addStandIns(addInput(command))
    .option('--resource <type>', 'only resources of this type')
    .option('--expression <text>', "evaluate one expression in the template's scope instead")
    .addHelpText('after', examples)
    .action(async (template: string, options: EvalOptions) => {
      const { evaluate } = await import('../evaluate.ts');
      const { text, isComplete } = await evaluate(template, options, io);
      if (text !== undefined) await writeLine(io.stdout, text);
      finish(isComplete ? exitCode.fine : exitCode.couldNotWork);
    });
}
