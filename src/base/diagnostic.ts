import type { Fix } from './fix.ts';
import type { Range, Span } from './span.ts';
import { rangeOf } from './span.ts';

export type Severity = 'error' | 'warning' | 'info';

/** Severities from the gravest to the mildest. */
export const severities: readonly Severity[] = ['error', 'warning', 'info'];

/** Another place that helps to understand a finding, such as the definition of the other of two duplicates. */
export interface RelatedPlace {
  readonly message: string;
  readonly file: string | null;
  readonly range: Range | null;
}

/** One thing found wrong, or worth saying, about what the user gave us. */
export interface Diagnostic {
  /** `AGW` and four digits; stable across releases. */
  readonly code: string;
  /** The readable name of the rule, as in `agate rules` and `--rule`. */
  readonly rule: string;
  readonly severity: Severity;
  /** What was found, with names, and what would be right. */
  readonly message: string;
  /** The file as the user named it; null when the finding has no place in a text. */
  readonly file: string | null;
  readonly range: Range | null;
  /** Path inside the deployed resource or the template, as `properties.httpListeners[0].name`. */
  readonly path: string | null;
  readonly related: readonly RelatedPlace[];
  /** The error code with which Azure refuses the same fault. */
  readonly azureCode?: string;
  /** The message with which Azure refuses it, where its wording is known. */
  readonly azureMessage?: string;
  /** What to do next. */
  readonly hint?: string;
  /** What `agate lint --fix` does about it. */
  readonly fix?: Fix;
}

/** What the phases of Agate return: a result, as good as it could be made, and what was found on the way. */
export interface Result<T> {
  readonly value: T;
  readonly diagnostics: readonly Diagnostic[];
}

/** The unchanging part of a kind of finding. */
export interface DiagnosticKind {
  readonly code: string;
  readonly rule: string;
  readonly severity: Severity;
  readonly azureCode?: string;
}

export interface DiagnosticDetails {
  readonly message: string;
  readonly span?: Span | undefined;
  readonly path?: string | undefined;
  readonly related?: readonly { readonly message: string; readonly span?: Span | undefined }[] | undefined;
  readonly azureCode?: string | undefined;
  readonly azureMessage?: string | undefined;
  readonly hint?: string | undefined;
  readonly fix?: Fix | undefined;
}

/** Puts a finding together from its kind and where and how it occurred. */
export function diagnose(kind: DiagnosticKind, details: DiagnosticDetails): Diagnostic {
  const azureCode = details.azureCode ?? kind.azureCode;
  return {
    code: kind.code,
    rule: kind.rule,
    severity: kind.severity,
    message: details.message,
    ...placeOf(details.span),
    path: details.path ?? null,
    related: (details.related ?? []).map(({ message, span }) => ({ message, ...placeOf(span) })),
    ...(azureCode === undefined ? {} : { azureCode }),
    ...(details.azureMessage === undefined ? {} : { azureMessage: details.azureMessage }),
    ...(details.hint === undefined ? {} : { hint: details.hint }),
    ...(details.fix === undefined ? {} : { fix: details.fix }),
  };
}

function placeOf(span: Span | undefined): { readonly file: string | null; readonly range: Range | null } {
  return span === undefined ? { file: null, range: null } : { file: span.source.name, range: rangeOf(span) };
}

/** True when a finding of that severity or a graver one is among them. */
export function hasAtLeast(diagnostics: readonly Diagnostic[], severity: Severity): boolean {
  const limit = severities.indexOf(severity);
  return diagnostics.some((diagnostic) => severities.indexOf(diagnostic.severity) <= limit);
}
