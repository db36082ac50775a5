import { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import type { CommandDefinition } from '../command-definition.ts';
import { exitCode } from '../exit-code.ts';
import { writeLine } from '../io.ts';

const examples = ['agate trust', 'agate trust --path', 'agate trust --json'];

const notes = [
  'With a gateway that runs, or a program that calls one:',
  '  curl --cacert "$(agate trust --path)" https://shop.contoso.com.localhost:8443/',
  '  NODE_EXTRA_CA_CERTS="$(agate trust --path)" node app.js',
];

const about = `Listeners whose own certificate is not at hand show one of a local authority, which is made on first use. This command tells where its certificate is and how
browsers, curl and Node.js come to trust it.`;

/** `agate trust`: where the local certificate authority is, and how to trust it. */
export function trustCommand({ io, finish }: CommandContext): CommandDefinition {
  const command = new Command('trust')
    .description('Tell where the local certificate authority is and how to trust it. Nothing is installed.')
    .option('--path', 'print the path of its certificate alone')
    .option('--json', 'print JSON')
    .action(async (options: { readonly path?: boolean; readonly json?: boolean }) => {
      const { describeTrust, renderTrust } = await import('../describe-trust.ts');
      const trust = await describeTrust(io.env);
      const asText = options.path ? trust.certificate : renderTrust(trust, process.platform);
      await writeLine(io.stdout, options.json ? JSON.stringify(trust, null, 2) : asText);
      finish(exitCode.fine);
    });
  return { command, about, notes, examples };
}
