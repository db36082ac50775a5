import type { CorpusEntry } from './manifest.ts';
import type { HiddenRule } from './plan-requests.ts';

/** How far an entry gets, in this order. */
export const stages = ['parses', 'evaluates', 'builds', 'starts', 'answers'] as const;

export type Stage = (typeof stages)[number];

export interface EntryOutcome {
  readonly entry: CorpusEntry;
  /** The stages that went well; the first that is missing is where it stopped. */
  readonly passed: readonly Stage[];
  /** Rules and path rules that sent a request where they say, of those that any request reaches. */
  readonly rules: { readonly answered: number; readonly total: number };
  readonly hidden: readonly HiddenRule[];
  /** Parameters without a value that got a stand-in of their type. */
  readonly standIns: number;
  /** What stopped it, with the names of the construct; null when it runs. */
  readonly reason: string | null;
}

export function runs(outcome: EntryOutcome): boolean {
  return outcome.passed.length === stages.length;
}

/** The stage at which it stopped; undefined when it runs. */
export function stoppedAt(outcome: EntryOutcome): Stage | undefined {
  return stages[outcome.passed.length];
}
