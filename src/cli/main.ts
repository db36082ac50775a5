import { processIo } from './io.ts';
import { runAgate } from './run-agate.ts';

process.exitCode = await runAgate(process.argv.slice(2), processIo);
