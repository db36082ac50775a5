import type { Diagnostic, Severity } from '../base/diagnostic.ts';
import type { SourceText } from '../base/span.ts';

/** Turns findings into the text of one output format. */
export type Reporter = (diagnostics: readonly Diagnostic[], options: ReporterOptions) => string;

export interface ReporterOptions {
  /** The texts that were checked, by the name they have in the findings; also those without findings. */
  readonly sources: ReadonlyMap<string, SourceText>;
  /** What is known of the rules behind the findings. */
  readonly rules: readonly ReportedRule[];
  /** Version of Agate. */
  readonly version: string;
  /** How to colour text; nothing is coloured unless given. */
  readonly painter?: Painter;
}

export interface ReportedRule {
  readonly code: string;
  readonly id: string;
  readonly severity: Severity;
  readonly title: string;
  readonly why: string;
  readonly source: string;
}

/** Colours by meaning; the command line decides what they look like. */
export interface Painter {
  error(text: string): string;
  warning(text: string): string;
  info(text: string): string;
  /** What steps back: line numbers, codes, hints. */
  faint(text: string): string;
  strong(text: string): string;
}

export const plainPainter: Painter = {
  error: (text) => text,
  warning: (text) => text,
  info: (text) => text,
  faint: (text) => text,
  strong: (text) => text,
};
