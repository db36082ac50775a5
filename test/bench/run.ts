import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { renderJson, renderMarkdown, renderTable, verdictOf } from './render-table.ts';
import type { Bench, Row, RowResult } from './row.ts';
import { rows } from './rows/index.ts';

const usage = `Usage: npm run bench -- [--quick] [--json | --markdown] [row…]

Measures what Agate promises, beside its peers in the same run. Only ratios mean something: machines differ.
Rows: ${rows.map((row) => row.name).join(', ')}; all of them unless some are named.
A name stands for the rows that begin with it, too: routing for routing-maps.

  --quick     short rounds: shows that everything works, the figures are rough
  --json      the outcome as JSON
  --markdown  the outcome as the table of docs/performance.md

Exit code: 0 when every row that ran is met, 1 when one is not, 2 when one could not be measured.
`;

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  const options = readOptions(args);
  if (options === undefined) return 2;
  if (options.help) {
    process.stdout.write(usage);
    return 0;
  }
  const bench: Bench = { quick: options.quick, progress: (text) => process.stderr.write(`${text}\n`) };
  const results: RowResult[] = [];
  for (const row of options.rows) results.push(await measure(row, bench));
  const machine = describeMachine();
  process.stdout.write(render(results, machine, options));
  return exitCodeOf(results);
}

function render(results: readonly RowResult[], machine: string, { json, markdown }: Options): string {
  if (json) return renderJson(results, machine);
  return markdown ? renderMarkdown(results, machine) : `${renderTable(results)}\n${machine}\n`;
}

interface Options {
  readonly quick: boolean;
  readonly json: boolean;
  readonly markdown: boolean;
  readonly help: boolean;
  readonly rows: readonly Row[];
}

function readOptions(args: string[]): Options | undefined {
  const flag = { type: 'boolean', default: false } as const;
  try {
    const { values, positionals } = parseArgs({
      args,
      options: { quick: flag, json: flag, markdown: flag, help: { ...flag, short: 'h' } },
      allowPositionals: true,
    });
    const unknown = positionals.find((name) => !rows.some((row) => isMeant(row, name)));
    if (unknown !== undefined) throw new Error(`There is no row '${unknown}'.`);
    const chosen = rows.filter((row) => positionals.length === 0 || positionals.some((name) => isMeant(row, name)));
    return { ...values, rows: chosen };
  } catch (fault) {
    process.stderr.write(`${fault instanceof Error ? fault.message : fault}\n\n${usage}`);
    return undefined;
  }
}

function isMeant(row: Row, name: string): boolean {
  return row.name === name || row.name.startsWith(`${name}-`);
}

/** A row that cannot be measured says why, and the others are still measured. */
async function measure(row: Row, bench: Bench): Promise<RowResult> {
  try {
    return { kind: 'measured', row, ...(await row.measure(bench)) };
  } catch (fault) {
    const reason = fault instanceof Error ? fault.message : String(fault);
    bench.progress(`${row.name}: ${fault instanceof Error ? fault.stack : reason}`);
    return { kind: 'failed', row, reason };
  }
}

function describeMachine(): string {
  const processors = cpus();
  return `Node.js ${process.version}, ${processors.length} × ${processors[0]?.model.trim() ?? 'unknown processor'}`;
}

function exitCodeOf(results: readonly RowResult[]): number {
  const verdicts = results.map(verdictOf);
  if (verdicts.includes('failed')) return 2;
  return verdicts.includes('not met') ? 1 : 0;
}
