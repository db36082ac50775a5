import type { PathSegment } from '../../base/json-path.ts';

/** What an expectation is about, which tells the stages of the decision that bear on it. */
export type Concern =
  | 'listener'
  | 'rule'
  | 'path'
  | 'redirect'
  | 'rewrite'
  | 'member'
  | 'received'
  | 'answer'
  | 'connection';

/** An expectation that does not hold for one request. */
export interface Mismatch {
  readonly concern: Concern;
  /** From the step: `['expect', 'pool']`. */
  readonly path: readonly PathSegment[];
  readonly expected: string;
  readonly actual: string;
  /** Names, as of a pool, that the expectation mentions; reasons that speak of them are worth telling. */
  readonly names: readonly string[];
}

export function quote(text: string | null | undefined): string {
  return text === null || text === undefined ? 'none' : `'${text}'`;
}
