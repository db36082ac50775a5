import type { Diagnostic } from '../../src/base/diagnostic.ts';
import type { CorpusEntry } from './manifest.ts';
import type { HiddenRule } from './plan-requests.ts';

/** How far an entry gets, in this order. */
export const stages = ['parses', 'evaluates', 'builds', 'starts', 'answers'] as const;

export type Stage = (typeof stages)[number];

/** A stage that finds errors does not keep the next ones from being tried with what is left. */
export type StageResult = 'passed' | 'failed' | 'not tried';

export interface EntryOutcome {
  readonly entry: CorpusEntry;
  readonly results: Readonly<Record<Stage, StageResult>>;
  /** Rules and path rules that sent a request where they say, of those that any request reaches. */
  readonly rules: { readonly answered: number; readonly total: number };
  readonly hidden: readonly HiddenRule[];
  /** Parameters without a value that got a stand-in of their type. */
  readonly standIns: number;
  /** Errors found that do not keep the gateway from running. */
  readonly otherErrors: readonly Diagnostic[];
  /** The first thing that went wrong, with the names of the construct; null when it runs. */
  readonly reason: string | null;
}

export function runs(outcome: EntryOutcome): boolean {
  return stages.every((stage) => outcome.results[stage] === 'passed');
}
