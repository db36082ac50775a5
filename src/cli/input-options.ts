import { type Command, Option } from 'commander';

/** What every command can be told about its template. */
export interface InputOptions {
  readonly parameters: readonly string[];
  readonly subscription?: string;
  readonly resourceGroup?: string;
  readonly location?: string;
  readonly gateway?: string;
  readonly config?: string;
  readonly linked: readonly string[];
  readonly standIns?: boolean;
}

/** Collects an option that may be given several times. */
export function collect(value: string, earlier: readonly string[]): readonly string[] {
  return [...earlier, value];
}

const templateHelp =
  'ARM template (JSON), .bicep file, applicationGateways resource or what Azure returns for one; - reads standard input';

/** Adds the template argument and the options that all commands share. */
export function addInput(command: Command, template: '<template>' | '<template...>' = '<template>'): Command {
  return addInputOptions(command.argument(template, templateHelp));
}

/** Adds the options that all commands share. */
export function addInputOptions(command: Command): Command {
  return command
    .option('-p, --parameters <file | name=value>', 'parameter file, name=value or name=@file; repeatable', collect, [])
    .option('--subscription <id>', 'subscription ID that the template is evaluated for')
    .option('--resource-group <name>', 'resource group that the template is evaluated for')
    .option('--location <region>', 'region of the resource group')
    .option('--gateway <name>', 'which gateway, when the template has several')
    .addOption(
      new Option('--linked <uri prefix=folder>', 'folder in which linked templates lie; repeatable')
        .argParser(collect)
        .default([], 'none'),
    )
    .option('-c, --config <file>', 'configuration file (default: agate.yaml beside the template)');
}

/** Adds `--stand-ins`, for the commands that otherwise stop when parameters have no value. */
export function addStandIns(command: Command): Command {
  return command.option('--stand-ins', 'go on with a stand-in where a parameter has no value');
}
