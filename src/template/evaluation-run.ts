import type { CaseInsensitiveMap } from '../base/case-insensitive-map.ts';
import type { Clock } from '../base/clock.ts';
import { Findings } from './findings.ts';
import { Budget, type Limits } from './limits.ts';
import type { LinkedTemplates } from './nested/linked-templates.ts';
import { ResourceIndex } from './resources/resource-index.ts';
import { stableGuid } from './runtime-values/placeholder.ts';
import type { Value } from './value.ts';

export interface RunOptions {
  /** Parameters without a value get one of their type. */
  readonly standIns: boolean;
  /** Values that only Azure knows get one that could be theirs. */
  readonly placeholders: boolean;
  /** From this text follow the GUIDs of `newGuid()`. */
  readonly seed: string;
}

export interface RunSetup {
  readonly clock: Clock;
  readonly limits: Limits;
  readonly options: RunOptions;
  readonly linkedTemplates: LinkedTemplates;
  /** By `vault/secret` or `vault/secret/version`. */
  readonly secrets: CaseInsensitiveMap<string>;
  /** What is known about resources that are deployed already, by resource ID, `Type/name` or name. */
  readonly references: CaseInsensitiveMap<Value>;
}

/** What all templates of one evaluation share. */
export class EvaluationRun {
  readonly findings = new Findings();
  readonly resources = new ResourceIndex();
  readonly budget: Budget;
  /** Stands still: one deployment sees one time. */
  readonly clock: Clock;
  readonly options: RunOptions;
  readonly linkedTemplates: LinkedTemplates;
  readonly secrets: CaseInsensitiveMap<string>;
  readonly references: CaseInsensitiveMap<Value>;
  #guids = 0;

  constructor({ clock, limits, options, linkedTemplates, secrets, references }: RunSetup) {
    const now = clock.now();
    this.budget = new Budget(limits, clock);
    this.clock = {
      now: () => now,
      elapsed: () => clock.elapsed(),
      after: (time, callback) => clock.after(time, callback),
    };
    this.options = options;
    this.linkedTemplates = linkedTemplates;
    this.secrets = secrets;
    this.references = references;
  }

  newGuid(): string {
    this.#guids++;
    return stableGuid(`${this.options.seed} ${this.#guids}`);
  }
}
