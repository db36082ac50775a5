import { processIo } from './io.ts';
import { superviseOutput } from './output-faults.ts';
import { runAgate } from './run-agate.ts';

superviseOutput(processIo, (code) => process.exit(code));

// No `await` here: the bundle is made of CommonJS modules, which cannot wait.
runAgate(process.argv.slice(2), processIo).then((code) => {
  process.exitCode = code;
});
