import { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { exitCode } from '../exit-code.ts';
import { writeLine } from '../io.ts';

const examples = `
Examples:
  agate trust
  NODE_EXTRA_CA_CERTS="$(agate trust --path)" node app.js
  curl --cacert "$(agate trust --path)" https://shop.contoso.com.localhost:8443/`;

/** `agate trust`: where the local certificate authority is, and how to trust it. */
export function trustCommand({ io, finish }: CommandContext): Command {
  return new Command('trust')
    .description('Tell where the local certificate authority is and how to trust it. Nothing is installed.')
    .option('--path', 'print the path of its certificate alone')
    .option('--json', 'print JSON')
    .addHelpText('after', examples)
    .action(async (options: { readonly path?: boolean; readonly json?: boolean }) => {
      const { describeTrust, renderTrust } = await import('../describe-trust.ts');
      const trust = await describeTrust(io.env);
      const asText = options.path ? trust.certificate : renderTrust(trust, process.platform);
      await writeLine(io.stdout, options.json ? JSON.stringify(trust, null, 2) : asText);
      finish(exitCode.fine);
    });
}
