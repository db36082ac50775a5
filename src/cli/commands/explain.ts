import { Command, Option } from 'commander';
import { EmulatorError } from '../../base/errors.ts';
import type { CommandContext } from '../command-context.ts';
import type { CommandDefinition } from '../command-definition.ts';
import { exitCode } from '../exit-code.ts';
import { addInput, collect, type InputOptions } from '../input-options.ts';
import { writeLine, writeText } from '../io.ts';

interface ExplainOptions extends InputOptions {
  readonly request: string;
  readonly header: readonly string[];
  readonly clientIp?: string;
  readonly format: 'pretty' | 'json';
  readonly json?: boolean;
}

const examples = [
  'agate explain fixtures/example/azuredeploy.json https://shop.contoso.com/images/cat.png',
  'agate explain fixtures/example/azuredeploy.json http://shop.contoso.com/ --format json',
  "agate explain fixtures/example/azuredeploy.json https://shop.contoso.com/api/orders -X POST -H 'content-type: application/json'",
];

const about = `Tells which listener, rule, path rule, rewrites, redirect, pool and settings a request meets, and for every step why. No socket is opened; the
code that decides is the one of the running gateway.`;

/** `agate explain`: how one request would be routed, without a socket. */
export function explainCommand({ io, finish }: CommandContext): CommandDefinition {
  const command = new Command('explain').description('Tell how one request would be routed, and why.');
  addInput(command)
    .argument('<url>', 'the URL as users of the gateway write it')
    .option('-X, --request <method>', 'HTTP method', 'GET')
    .option('-H, --header <name: value>', 'request header; repeatable', collect, [])
    .option('--client-ip <address>', 'address of the client')
    .addOption(new Option('--format <format>', 'output format').choices(['pretty', 'json']).default('pretty'))
    .option('--json', 'the same as --format json')
    .action(async (template: string, url: string, options: ExplainOptions) => {
      if (!/^(?:https?|wss?):\/\//i.test(url) || !URL.canParse(url)) throw badUrl(url);
      const { openRoutingTable } = await import('../open-routing-table.ts');
      const { explainRequest } = await import('../../routing/explain.ts');
      const { renderExplanation } = await import('../render-explanation.ts');
      const explanation = explainRequest(await openRoutingTable(template, options, io), {
        method: options.request,
        url,
        headers: options.header.map(parseHeader),
        ...(options.clientIp === undefined ? {} : { clientIp: options.clientIp }),
      });
      const isJson = options.json || options.format === 'json';
      if (isJson) await writeLine(io.stdout, JSON.stringify(explanation, null, 2));
      else await writeText(io.stdout, renderExplanation(explanation, io));
      finish(exitCode.fine);
    });
  return { command, about, examples };
}

function badUrl(url: string): EmulatorError {
  return new EmulatorError('InvalidOption', `'${url}' is not a URL.`, {
    hint: 'Write it whole, as in https://shop.contoso.com/images/cat.png.',
  });
}

function parseHeader(line: string): readonly [string, string] {
  const at = line.indexOf(':');
  if (at < 1) {
    throw new EmulatorError('InvalidOption', `-H '${line}' is not a header.`, { hint: "Write it as 'name: value'." });
  }
  return [line.slice(0, at).trim(), line.slice(at + 1).trim()];
}
