import module, { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { dataFolder } from '../certificates/data-folder.ts';
import { CompiledCode } from './compiled-code.ts';

/** Not known to the types of the oldest Node.js that is supported. */
const { enableCompileCache } = module as { readonly enableCompileCache?: (folder: string) => unknown };
/** The file beside this one in the bundle that is the command line. */
const main = join(import.meta.dirname, 'main.cjs');
const folder = dataFolder({ env: process.env, platform: process.platform, homeFolder: homedir() });

if (folder === null || process.env['NODE_DISABLE_COMPILE_CACHE'] !== undefined) createRequire(main)(main);
else if (enableCompileCache !== undefined) {
  enableCompileCache(join(folder, 'compiled'));
  createRequire(main)(main);
} else {
  const code = new CompiledCode(join(folder, 'compiled'), main);
  process.once('exit', () => code.keep());
  code.run();
}
