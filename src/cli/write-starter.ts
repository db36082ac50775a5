import { writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { EmulatorError } from '../base/errors.ts';
import { renderStarterTemplate } from '../smoke/starter/starter-template.ts';
import { renderStarterTests } from '../smoke/starter/starter-tests.ts';
import type { InitOptions } from './commands/init.ts';
import type { Io } from './io.ts';
import { openRoutingTable } from './open-routing-table.ts';

const starterTemplate = 'azuredeploy.json';

/**
 * Writes a test file for a template or, without one, a small template with its tests.
 *
 * @returns lines that tell what was written and what to do next
 * @throws EmulatorError when there is such a file already, or the template has no gateway
 */
export async function writeStarter(
  named: string | undefined,
  options: InitOptions,
  io: Io,
): Promise<readonly string[]> {
  const written: string[] = [];
  const template = named ?? starterTemplate;
  if (named === undefined) {
    await writeNew(template, renderStarterTemplate(), options);
    written.push(template);
  }
  const testFile = options.output ?? testFileOf(template);
  const table = await openRoutingTable(template, options, io);
  await writeNew(testFile, renderStarterTests(table, [template, testFile].join(' ')), options);
  written.push(testFile);
  return [...written.map((path) => `Wrote ${path}`), `Run it: agate test ${template} ${testFile}`];
}

/** `azuredeploy.json` → `azuredeploy.test.yaml`, in the same folder. */
function testFileOf(template: string): string {
  if (template === '-') return 'azuredeploy.test.yaml';
  return join(dirname(template), `${basename(template, extname(template))}.test.yaml`);
}

async function writeNew(path: string, text: string, { force }: InitOptions): Promise<void> {
  try {
    await writeFile(path, text, { flag: force ? 'w' : 'wx' });
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'EEXIST') {
      throw new EmulatorError('FileUnreadable', `There is a file '${path}' already.`, {
        hint: 'Name another one with --output, or write over it with --force.',
        cause,
      });
    }
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new EmulatorError('FileUnreadable', `'${path}' cannot be written: ${detail}.`, { cause });
  }
}
