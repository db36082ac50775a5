import { processIo } from './io.ts';
import { runAgate } from './run-agate.ts';

// No `await` here: the bundle is made of CommonJS modules, which cannot wait.
runAgate(process.argv.slice(2), processIo).then((code) => {
  process.exitCode = code;
});
