import { Command, InvalidArgumentError, Option } from 'commander';
import type { Unmapped } from '../../emulator/options.ts';
import type { CommandContext } from '../command-context.ts';
import type { CommandDefinition } from '../command-definition.ts';
import { addInput, addStandIns, collect, type InputOptions } from '../input-options.ts';

export interface RunOptions extends InputOptions {
  readonly portOffset?: number;
  readonly listen: readonly string[];
  readonly bind?: string;
  readonly backend: readonly string[];
  readonly unmapped?: Unmapped;
  readonly verifyBackends?: boolean;
  readonly ca?: string;
  readonly admin?: string;
  readonly accessLog?: string;
  readonly performanceLog?: string;
  readonly instances?: number;
  readonly watch?: boolean;
  readonly strict?: boolean;
  readonly json?: boolean;
}

/** As many as a gateway of v2 can have. https://learn.microsoft.com/azure/application-gateway/application-gateway-autoscaling-zone-redundant */
const maximumInstances = 125;

const examples = [
  'agate run fixtures/example/azuredeploy.json',
  'agate run fixtures/example/azuredeploy.json --backend web=localhost:3000 --backend api=http://localhost:4000',
  'agate run fixtures/example/azuredeploy.json --listen 443=9443 --access-log access.log --watch',
  'agate run fixtures/example/azuredeploy.json --instances 2',
  'agate run fixtures/example/azuredeploy.json --listen all=0 --admin off --json',
];

const about = `Evaluates the template, checks it as Azure would, and opens its listeners on this machine. Members of pools are stand-in servers until
\`--backend\` says where the real ones are; what every member stands for is printed when the gateway is ready.

Ports below 1024 are moved by \`--port-offset\`, so that 80 becomes 8080 and 443 becomes 8443. SIGINT and SIGTERM let requests in flight
finish; a second signal ends at once.

With \`--json\` every line of standard output is JSON. The first one comes when all listeners accept and every probe has answered once:
\`{"event":"ready","gateway":…,"admin":…,"listeners":[…],"backends":[…]}\`.`;

const notes = [
  'A request for <host>.localhost is taken as one for <host>, so that browsers and curl reach every listener:',
  '  curl -k https://shop.contoso.com.localhost:8443/images/cat.png',
];

/** `agate run`: start the gateway that a template describes. */
export function runCommand({ io, finish }: CommandContext): CommandDefinition {
  const command = new Command('run').description('Start the gateway that a template describes.');
  addStandIns(addInput(command))
    .addOption(
      new Option('--port-offset <n>', 'added to frontend ports below 1024 (default: 8000)').argParser(parseNumber),
    )
    .addOption(
      new Option(
        '--listen <frontendPort=[address:]port>',
        'map one frontend port; port 0 takes a free one, all=0 for every listener; repeatable',
      )
        .argParser(collect)
        .default([], 'none'),
    )
    .option('--bind <address>', 'address to listen on (default: 127.0.0.1)')
    .addOption(
      new Option(
        '--backend <member=target>',
        'send a pool member somewhere real: pool, address[:port] or pool/address[:port] to host:port or URL; repeatable',
      )
        .argParser(collect)
        .default([], 'none'),
    )
    .addOption(
      new Option(
        '--unmapped <how>',
        'pool members without --backend: a stand-in server, the address in the template, or unreachable (default: mock)',
      ).choices(['mock', 'live', 'down']),
    )
    .option('--verify-backends', 'check certificates of servers given with --backend as Azure would')
    .option('--ca <pem>', 'authority that makes certificates for listeners whose own is not at hand (see agate trust)')
    .option('--admin <[address:]port | off>', 'where dashboard and admin API listen (default: 127.0.0.1:9900)')
    .option('--access-log <file | ->', "Azure's access log as JSON, a line a request; SIGHUP opens the file anew")
    .option('--performance-log <file | ->', "Azure's performance log of v1 gateways as JSON, a line a minute")
    .addOption(
      new Option(
        '--instances <n>',
        'processes that serve the gateway together, as its capacity units do (default: 1)',
      ).argParser(parseInstances),
    )
    .option('--watch', 'deploy again when the template or its parameters change')
    .option('--strict', 'refuse a template with error findings or with features that are not emulated')
    .option('--json', 'print JSON lines, the first when the gateway is ready')
    .action(async (template: string, options: RunOptions) => {
      const { runGateway } = await import('../run-gateway.ts');
      finish(await runGateway(template, options, io));
    });
  return { command, about, notes, examples };
}

function parseInstances(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1 && value <= maximumInstances) return value;
  throw new InvalidArgumentError(`It should be a whole number from 1 to ${maximumInstances}.`);
}

function parseNumber(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isInteger(value)) return value;
  throw new InvalidArgumentError('It should be a whole number.');
}
