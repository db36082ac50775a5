import { parseArgs } from 'node:util';
import { judgeSoak } from './soak/judge-soak.ts';
import { renderSoak } from './soak/render-soak.ts';
import { runSoak } from './soak/run-soak.ts';

const usage = `Usage: npm run soak -- [--requests <n>] [--slices <n>] [--connections <n>]

Loads one gateway while it is deployed again and again, its servers fail and clients leave, and compares each answer
with the one that is right for that request. Prints a line a slice and what the whole shows.

  --requests     how many in all; 1000000 unless set
  --slices       memory and handles are looked at after each; 5 unless set
  --connections  of the clients; 40 unless set

Exit code: 0 when all is met, 1 when something is not, 2 when the soak could not run.
`;

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  try {
    const { values } = parseArgs({
      args,
      options: {
        requests: { type: 'string', default: '1000000' },
        slices: { type: 'string', default: '5' },
        connections: { type: 'string', default: '40' },
        help: { type: 'boolean', default: false, short: 'h' },
      },
    });
    if (values.help) {
      process.stdout.write(usage);
      return 0;
    }
    const soak = await runSoak({
      requests: numberOf(values.requests),
      slices: numberOf(values.slices),
      connections: numberOf(values.connections),
      progress: (text) => process.stderr.write(`${text}\n`),
    });
    const verdicts = judgeSoak(soak);
    process.stdout.write(renderSoak(soak, verdicts));
    return verdicts.every(({ isMet }) => isMet) ? 0 : 1;
  } catch (fault) {
    process.stderr.write(`${fault instanceof Error ? fault.message : fault}\n\n${usage}`);
    return 2;
  }
}

function numberOf(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new Error(`'${text}' is no number above 0.`);
  return Number(text);
}
