import { readFileSync, writeFileSync } from 'node:fs';
import { type Producer, schemaProducers } from '../../schemas/generate.ts';
import { commandProducers } from './generate-commands.ts';
import { ruleProducers } from './generate-rules.ts';
import { supportProducers } from './generate-support.ts';
import { testFileSchemaProducers } from './generate-test-file-schema.ts';

/**
 * Writes all generated files of the project; with `--check` it writes none, names those that are out of date and
 * exits with 1. A new generated file is one more line here.
 */
const producers: readonly Producer[] = [
  ...schemaProducers,
  ...ruleProducers,
  ...testFileSchemaProducers,
  ...supportProducers,
  ...commandProducers,
];

const root = new URL('../../', import.meta.url);

const stale = producers.filter(({ path, render }) => readIfPresent(path) !== render());
if (!process.argv.includes('--check')) {
  for (const { path, render } of stale) writeFileSync(new URL(path, root), render());
  console.log(`${stale.length} of ${producers.length} generated files written.`);
} else if (stale.length > 0) {
  for (const { path } of stale) console.error(`${path} is out of date; run: npm run generate`);
  process.exitCode = 1;
}

function readIfPresent(path: string): string | undefined {
  try {
    return readFileSync(new URL(path, root), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
