import { parseArgs } from 'node:util';
import { runTarget } from './run-target.ts';
import type { Fuzzer, Outcome } from './target.ts';
import { targets } from './targets/index.ts';

const usage = `Usage: npm run fuzz -- [--seconds <n>] [--target <name>…] [--seed <n>] [--runs <n>]

Gives what others write to Agate - templates, requests, answers, test files - in forms that nobody has thought of, and
looks whether what has to hold still holds. A failure is printed with its smallest input and the seed that finds it again.

  --seconds  altogether, for all targets; 20 unless set
  --target   one of ${targets.map(({ name }) => name).join(', ')}; all of them unless set; repeatable
  --seed     the same inputs again; by the clock unless set
  --runs     at most so many inputs a target

Exit code: 0 when everything held, 1 when something did not, 2 when the command line is wrong.
`;

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  const options = readOptions(args);
  if (options === undefined) return 2;
  const { chosen, seed, seconds, runs } = options;
  const milliseconds = (seconds * 1000) / chosen.length;
  process.stdout.write(`seed ${seed}\n`);
  let failures = 0;
  for (const target of chosen) {
    const outcome = await runTarget(target, { seed, milliseconds, runs });
    process.stdout.write(describe(target, outcome));
    if (outcome.failure !== null) failures++;
  }
  return failures === 0 ? 0 : 1;
}

function describe(target: Fuzzer, { runs, failure }: Outcome): string {
  const head = `${target.name.padEnd(10)} ${String(runs).padStart(8)} inputs  `;
  if (failure === null) return `${head}held: ${target.holds}\n`;
  const { seed, path, input, error } = failure;
  return `${head}FAILED: ${target.holds}\n\nseed ${seed}, path ${path}\ninput ${input}\n${error}\n\n`;
}

interface Options {
  readonly chosen: readonly Fuzzer[];
  readonly seed: number;
  readonly seconds: number;
  readonly runs: number;
}

function readOptions(args: string[]): Options | undefined {
  try {
    const { values } = parseArgs({
      args,
      options: {
        seconds: { type: 'string', default: '20' },
        target: { type: 'string', multiple: true, default: [] },
        seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
        runs: { type: 'string', default: String(2 ** 31) },
      },
    });
    const unknown = values.target.find((name) => !targets.some((target) => target.name === name));
    if (unknown !== undefined) throw new Error(`There is no target '${unknown}'.`);
    const chosen = targets.filter(({ name }) => values.target.length === 0 || values.target.includes(name));
    return { chosen, seed: number(values.seed), seconds: number(values.seconds), runs: number(values.runs) };
  } catch (fault) {
    process.stderr.write(`${fault instanceof Error ? fault.message : fault}\n\n${usage}`);
    return undefined;
  }
}

function number(text: string): number {
  if (!/^\d+$/.test(text)) throw new Error(`'${text}' is no number.`);
  return Number(text);
}
