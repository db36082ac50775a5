import module, { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { dataFolder } from '../certificates/data-folder.ts';
import { CompiledCode } from './compiled-code.ts';

/** Not known to the types of the oldest Node.js that is supported. */
const { enableCompileCache, flushCompileCache } = module as {
  readonly enableCompileCache?: (folder: string) => unknown;
  readonly flushCompileCache?: () => void;
};
/** The file beside this one in the bundle that is the command line. */
const main = join(import.meta.dirname, 'main.cjs');
const folder = dataFolder({ env: process.env, platform: process.platform, homeFolder: homedir() });

/** By then every command has done its work, or serves. */
const startMilliseconds = 1000;
/** Each command calls functions of its own in modules that it shares with others. */
const [, , command = ''] = process.argv;
const purpose = /^[a-z]{1,10}$/.test(command) ? command : 'agate';

if (folder === null || process.env['NODE_DISABLE_COMPILE_CACHE'] !== undefined) createRequire(main)(main);
else if (enableCompileCache !== undefined) {
  enableCompileCache(join(folder, 'compiled', purpose));
  if (flushCompileCache !== undefined) setTimeout(flushCompileCache, startMilliseconds).unref();
  createRequire(main)(main);
} else {
  const code = new CompiledCode(join(folder, 'compiled'), main, purpose);
  setTimeout(() => code.keep(), startMilliseconds).unref();
  process.once('exit', () => code.keep());
  code.run();
}
