import { Chalk, type ChalkInstance } from 'chalk';
import type { Painter } from '../reporters/reporter.ts';

/**
 * Colour only on a terminal; `NO_COLOR` turns it off, `FORCE_COLOR` on.
 * https://no-color.org, https://force-color.org
 */
export function painterFor(
  stream: { readonly isTTY?: boolean },
  env: Readonly<Record<string, string | undefined>>,
): Painter {
  const chalk: ChalkInstance = new Chalk({ level: wantsColour(stream, env) ? 1 : 0 });
  return {
    error: chalk.red.bold,
    warning: chalk.yellow.bold,
    info: chalk.cyan,
    strong: chalk.bold,
    faint: chalk.dim,
  };
}

function wantsColour(stream: { readonly isTTY?: boolean }, env: Readonly<Record<string, string | undefined>>): boolean {
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined && forced !== '') return forced !== '0' && forced !== 'false';
  if (env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '') return false;
  return stream.isTTY === true && env['TERM'] !== 'dumb';
}
