import { Command, Option } from 'commander';
import type { Severity } from '../../base/diagnostic.ts';
import { severities } from '../../base/diagnostic.ts';
import type { ReportFormat } from '../../reporters/reporters.ts';
import { exitCode } from '../exit-code.ts';
import { addInput, collect, type InputOptions } from '../input-options.ts';
import { writeLine } from '../io.ts';
import type { CommandContext } from '../run-agate.ts';

export interface LintOptions extends InputOptions {
  readonly format: ReportFormat;
  readonly json?: boolean;
  readonly failOn?: Severity;
  readonly rule: readonly string[];
}

const formats: readonly ReportFormat[] = ['pretty', 'json', 'sarif', 'junit', 'github'];

const examples = `
Examples:
  agate lint fixtures/example/azuredeploy.json
  agate lint fixtures/example/azuredeploy.json --format sarif > agate.sarif
  agate lint fixtures/example/azuredeploy.json --fail-on warning --rule unused-object=off`;

/** `agate lint`: what Azure would refuse, and what it would accept and then misroute. */
export function lintCommand({ io, finish }: CommandContext): Command {
  const command = new Command('lint').description(
    'Report what Azure would refuse, and what it would accept and misroute.',
  );
  return addInput(command, '<template...>')
    .addOption(new Option('--format <format>', 'output format').choices(formats).default('pretty'))
    .option('--json', 'the same as --format json')
    .addOption(
      new Option('--fail-on <severity>', 'exit with 1 from this severity on (default: error)').choices(severities),
    )
    .option('--rule <id=severity>', 'another severity for a rule: off, info, warning or error; repeatable', collect, [])
    .addHelpText('after', examples)
    .action(async (templates: readonly string[], options: LintOptions) => {
      const { lintTemplates } = await import('../lint-templates.ts');
      const { report, hasFindings, isComplete } = await lintTemplates(templates, options, io);
      await writeLine(io.stdout, report);
      if (!isComplete) finish(exitCode.couldNotWork);
      else finish(hasFindings ? exitCode.findings : exitCode.fine);
    });
}
