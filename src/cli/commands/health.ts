import { Command, InvalidArgumentError, Option } from 'commander';
import type { Unmapped } from '../../emulator/options.ts';
import type { CommandContext } from '../command-context.ts';
import type { CommandDefinition } from '../command-definition.ts';
import { addInputOptions, addStandIns, collect, type InputOptions } from '../input-options.ts';

export interface HealthOptions extends InputOptions {
  readonly admin?: string;
  readonly backend: readonly string[];
  readonly unmapped?: Unmapped;
  readonly timeout: number;
  readonly json?: boolean;
}

const examples = [
  'agate health fixtures/example/azuredeploy.json',
  'agate health fixtures/example/azuredeploy.json --json',
  'agate health fixtures/example/azuredeploy.json --backend web=localhost:3000',
];

const about = `Without a template, asks the gateway that is running, as \`az network application-gateway show-backend-health\` asks Azure. With a template, sends the probe of
each server once and tells what came of it.`;

const notes = [
  'Exit codes: 0 every server is healthy, 1 some are not, 2 could not find out.',
  '',
  'While `agate run` goes on, in another terminal:',
  '  agate health',
  '  agate health --admin 127.0.0.1:9901 --json',
];

/** `agate health`: what the probes of a gateway found. */
export function healthCommand({ io, finish }: CommandContext): CommandDefinition {
  const command = new Command('health')
    .description('Tell the health of every server, of a running gateway or by asking each server once.')
    .argument('[template]', 'asks the servers of this template; without it, the gateway that is running is asked');
  addStandIns(addInputOptions(command))
    .option('--admin <[address:]port | URL>', 'admin API of the running gateway (default: 127.0.0.1:9900)')
    .addOption(
      new Option('--backend <member=target>', 'where a pool member of the template really is; repeatable')
        .argParser(collect)
        .default([], 'none'),
    )
    .addOption(
      new Option(
        '--unmapped <how>',
        'pool members without --backend: a stand-in server, the address in the template, or unreachable (default: mock)',
      ).choices(['mock', 'live', 'down']),
    )
    .addOption(new Option('--timeout <seconds>', 'how long to wait for answers').argParser(parseSeconds).default(30))
    .option('--json', "print what Azure's backend-health operation returns")
    .action(async (template: string | undefined, options: HealthOptions) => {
      const { checkHealth } = await import('../check-health.ts');
      finish(await checkHealth(template, options, io));
    });
  return { command, about, notes, examples };
}

function parseSeconds(text: string): number {
  const value = Number(text);
  if (value > 0 && value <= 86_400) return value;
  throw new InvalidArgumentError('It should be a number of seconds, from above 0 to 86400.');
}
