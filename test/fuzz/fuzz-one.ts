// Fuzzes one target and sends the outcome to its parent, which watches whether it goes on.
//
//   fuzz-one.ts <target> <seed> <milliseconds> <runs> <file for the number of the current run>
import { openSync, writeSync } from 'node:fs';
import { targets } from './targets/index.ts';

const [name, seed, milliseconds, runs, progressFile = ''] = process.argv.slice(2);
const target = targets.find((each) => each.name === name);
if (target === undefined) throw new Error(`There is no target '${name}'.`);

const progress = openSync(progressFile, 'w');
const number = Buffer.alloc(4);
const outcome = await target.fuzz({
  seed: Number(seed),
  milliseconds: Number(milliseconds),
  runs: Number(runs),
  onRun: (run) => {
    // Written at once: an input that is never done with leaves no other moment to say which it is.
    number.writeUInt32LE(run);
    writeSync(progress, number, 0, number.length, 0);
  },
});
process.send?.(outcome, () => process.exit());
