import { Readable } from 'node:stream';
import type { Diagnostic } from '../../src/base/diagnostic.ts';
import type { Gateway } from '../../src/gateway/model.ts';
import type { BuiltModules } from './built-modules.ts';
import { judgeAnswer } from './judge-answer.ts';
import { judgeFindings } from './judge-findings.ts';
import type { CorpusEntry } from './manifest.ts';
import type { EntryOutcome, Stage, StageResult } from './outcome.ts';
import type { HiddenRule, PlannedRequest } from './plan-requests.ts';
import { planRequests } from './plan-requests.ts';
import { renderFinding } from './render-report.ts';
import { sendRequest } from './send-request.ts';

/** Takes an entry through all stages. Whatever goes wrong, or is thrown, becomes part of the outcome. */
export async function runEntry(entry: CorpusEntry, modules: BuiltModules): Promise<EntryOutcome> {
  const record = new EntryRecord(entry);
  try {
    const gateways = await load(entry, modules, record);
    for (const gateway of gateways) await serve(gateway, modules, record);
  } catch (fault) {
    record.crashed(fault);
  }
  return record.outcome();
}

async function load(entry: CorpusEntry, modules: BuiltModules, record: EntryRecord): Promise<readonly Gateway[]> {
  const request = { template: entry.file, parameters: entry.parametersFile === null ? [] : [entry.parametersFile] };
  const input = await modules.loadInput(request, { stdin: Readable.from([]), env: {} });
  const parameters = modules.templateParameters(input.parameters);
  const loaded = modules.loadGateways({
    document: input.source,
    parameters: parameters.value,
    context: input.context,
    linkedTemplates: input.linkedTemplates,
    templateUri: input.templateUri,
    references: input.references,
    clock: modules.systemClock,
    standIns: true,
    placeholders: true,
  });
  const { gateways, obstacles } = loaded.value;
  const before = [...input.diagnostics, ...parameters.diagnostics];
  // The parameter file beside an entry may be that of another version of its template.
  const stopping = [...before.filter(({ severity }) => severity === 'error'), ...obstacles].filter(
    ({ rule }) => rule !== 'unknown-parameter',
  );
  record.loaded([...before, ...loaded.diagnostics], stopping, gateways.length);
  return gateways.map(({ gateway }) => gateway);
}

async function serve(gateway: Gateway, modules: BuiltModules, record: EntryRecord): Promise<void> {
  record.started();
  await using emulator = await modules.startEmulator({ gateway, listen: { all: 0 } });
  const { requests, hidden } = planRequests(gateway);
  const verdicts = await Promise.all(
    requests.map(async (request) => {
      const listener = emulator.listeners.find(({ name }) => name === request.listener.name);
      if (listener === undefined) return `no listener '${request.listener.name}' is open`;
      const answer = await sendRequest(listener, request.host, request.path).catch(String);
      return typeof answer === 'string' ? answer : judgeAnswer(request.expected, answer);
    }),
  );
  record.answered(requests, verdicts, hidden);
}

/** Gathers the outcome of one entry. */
class EntryRecord {
  readonly #entry: CorpusEntry;
  readonly #results: Record<Stage, StageResult> = {
    parses: 'not tried',
    evaluates: 'not tried',
    builds: 'not tried',
    starts: 'not tried',
    answers: 'not tried',
  };
  readonly #hidden: HiddenRule[] = [];
  #stage: Stage = 'parses';
  #otherErrors: readonly Diagnostic[] = [];
  #standIns = 0;
  #answered = 0;
  #asked = 0;
  #reason: string | null = null;

  constructor(entry: CorpusEntry) {
    this.#entry = entry;
  }

  loaded(diagnostics: readonly Diagnostic[], obstacles: readonly Diagnostic[], gateways: number): void {
    this.#standIns = diagnostics.filter(({ rule }) => rule === 'parameter-stand-in').length;
    const judged = judgeFindings(diagnostics, obstacles);
    this.#otherErrors = judged.other;
    for (const stage of ['parses', 'evaluates', 'builds'] as const) {
      this.#results[stage] = 'passed';
      const [first] = judged[stage];
      if (first !== undefined) this.failed(stage, describe(first, judged[stage].length));
    }
    if (gateways === 0) this.failed('builds', 'what it deploys has no application gateway in it');
  }

  started(): void {
    this.#stage = 'starts';
  }

  answered(
    requests: readonly PlannedRequest[],
    verdicts: readonly (string | null)[],
    hidden: readonly HiddenRule[],
  ): void {
    if (this.#results.starts !== 'failed') this.#results.starts = 'passed';
    if (this.#results.answers !== 'failed') this.#results.answers = 'passed';
    this.#hidden.push(...hidden);
    this.#asked += requests.length;
    for (const [index, { rule, host, path }] of requests.entries()) {
      const verdict = verdicts[index] ?? null;
      if (verdict === null) this.#answered++;
      else this.failed('answers', `rule '${rule}' (${host}${path}): ${verdict}`);
    }
  }

  failed(stage: Stage, reason: string): void {
    this.#results[stage] = 'failed';
    this.#reason ??= reason;
  }

  crashed(fault: unknown): void {
    const [message, place = ''] = fault instanceof Error ? (fault.stack ?? fault.message).split('\n') : [String(fault)];
    this.failed(this.#stage, `${message} ${place.trim()}`.trim());
  }

  outcome(): EntryOutcome {
    return {
      entry: this.#entry,
      results: this.#results,
      rules: { answered: this.#answered, total: this.#asked },
      hidden: this.#hidden,
      standIns: this.#standIns,
      otherErrors: this.#otherErrors,
      reason: this.#reason,
    };
  }
}

function describe(first: Diagnostic, count: number): string {
  return `${renderFinding(first)}${count > 1 ? ` (and ${count - 1} more)` : ''}`;
}
