import { Command, Option } from 'commander';
import type { Severity } from '../../base/diagnostic.ts';
import { severities } from '../../base/diagnostic.ts';
import { EmulatorError } from '../../base/errors.ts';
import type { ReportFormat } from '../../reporters/reporters.ts';
import type { CommandContext } from '../command-context.ts';
import type { CommandDefinition } from '../command-definition.ts';
import { exitCode } from '../exit-code.ts';
import { addInput, collect, type InputOptions } from '../input-options.ts';
import { writeLine } from '../io.ts';

export interface LintOptions extends InputOptions {
  readonly format: ReportFormat;
  readonly json?: boolean;
  readonly failOn?: Severity;
  readonly rule: readonly string[];
  /** Mend what there is one safe way to mend. */
  readonly fix?: boolean;
  /** Only show what would be mended. */
  readonly dryRun?: boolean;
}

const formats: readonly ReportFormat[] = ['pretty', 'json', 'sarif', 'junit', 'github'];

const examples = [
  'agate lint fixtures/example/azuredeploy.json',
  'agate lint fixtures/example/azuredeploy.json --format sarif > agate.sarif',
  'agate lint fixtures/example',
  "agate lint 'fixtures/**/azuredeploy.json' --fix --dry-run",
  'agate lint fixtures/example/azuredeploy.json --fail-on warning --rule probe-host-differs=off',
];

const about = `Evaluates templates and reports everything at once, with line and column, and with Azure's own error code where Azure would refuse the
deployment. Takes files, folders and patterns. [Lint rules](../rules.md) lists the rules, how to silence them with a reason, and what \`--fix\` mends.`;

/** `agate lint`: what Azure would refuse, and what it would accept and then misroute. */
export function lintCommand({ io, finish }: CommandContext): CommandDefinition {
  const command = new Command('lint').description(
    'Report what Azure would refuse, and what it would accept and misroute.',
  );
  addInput(command, '<template...>')
    .addOption(new Option('--format <format>', 'output format').choices(formats).default('pretty'))
    .option('--json', 'the same as --format json')
    .addOption(
      new Option('--fail-on <severity>', 'exit with 1 from this severity on (default: error)').choices(severities),
    )
    .option('--rule <id=severity>', 'another severity for a rule: off, info, warning or error; repeatable', collect, [])
    .option('--fix', 'mend, in place, what there is one safe way to mend, and report what is left')
    .option('--dry-run', 'with --fix: print what would change as a diff, and exit with 1 when there is something')
    .action(async (templates: readonly string[], options: LintOptions) => {
      const { lintTemplates } = await import('../lint-templates.ts');
      checkFixOptions(templates, options);
      const { report, hasFindings, isComplete, mended } = await lintTemplates(templates, options, io);
      if (report !== '') await writeLine(io.stdout, report);
      if (mended !== undefined) {
        const verb = options.dryRun ? 'Would mend' : 'Mended';
        io.stderr.write(`${verb} ${count(mended.findings, 'finding')} in ${count(mended.files, 'file')}.\n`);
      }
      if (!isComplete) finish(exitCode.couldNotWork);
      else finish(hasFindings ? exitCode.findings : exitCode.fine);
    });
  return { command, about, examples };
}

function checkFixOptions(templates: readonly string[], { fix, dryRun }: LintOptions): void {
  if (dryRun && !fix) {
    throw new EmulatorError('InvalidOption', '--dry-run goes with --fix.', { hint: 'As in --fix --dry-run' });
  }
  if (fix && !dryRun && templates.includes('-')) {
    throw new EmulatorError('InvalidOption', 'Standard input cannot be mended in place.', {
      hint: '--fix --dry-run prints the changes.',
    });
  }
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
