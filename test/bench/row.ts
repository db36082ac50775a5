/** One row of the table of figures: what is promised, and how it is measured. */
export interface Row {
  /** By which the row is chosen on the command line. */
  readonly name: string;
  readonly what: string;
  /** The figure to reach, for people. */
  readonly figure: string;
  measure(bench: Bench): Promise<Measurement>;
}

/** How thoroughly to measure, and where to say how far it is. */
export interface Bench {
  /** Short rounds: shows that it works; the figures are rough. */
  readonly quick: boolean;
  progress(text: string): void;
}

export interface Measurement {
  /** The outcome, for people. */
  readonly measured: string;
  readonly isMet: boolean;
  /** What the peers reached in the same run; empty where nobody else does the job. */
  readonly peers: readonly PeerFigure[];
  /** What somebody who judges the outcome has to know. */
  readonly notes: readonly string[];
  /** The numbers behind it, for `--json`. */
  readonly figures: Readonly<Record<string, number>>;
}

export interface PeerFigure {
  readonly name: string;
  readonly measured: string;
}

export type RowResult =
  | ({ readonly kind: 'measured'; readonly row: Row } & Measurement)
  | { readonly kind: 'failed'; readonly row: Row; readonly reason: string };
