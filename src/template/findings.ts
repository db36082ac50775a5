import type { Diagnostic, DiagnosticDetails, DiagnosticKind, RelatedPlace } from '../base/diagnostic.ts';
import { diagnose } from '../base/diagnostic.ts';
import type { Span } from '../base/span.ts';
import { ReportedFault, type TemplateFault } from './template-fault.ts';

/** So many places at which the same fault shows are worth naming. */
const maximumRelated = 5;

/** What was being evaluated when a fault was caught. */
export interface CatchingPlace {
  readonly span?: Span | undefined;
  readonly path?: string | undefined;
  /** `resource 'x'`, as messages name it. */
  readonly what: string;
  /** What evaluation goes on without. */
  readonly consequence?: string | undefined;
}

/** Collects what is found during an evaluation; one cause is one finding, however many places it spoils. */
export class Findings {
  readonly #findings = new Map<string, Diagnostic>();

  get diagnostics(): readonly Diagnostic[] {
    return [...this.#findings.values()];
  }

  report(kind: DiagnosticKind, details: DiagnosticDetails): void {
    this.#add(diagnose(kind, details), details.message);
  }

  /** Reports only the first of all findings about the same subject. */
  reportOnce(kind: DiagnosticKind, subject: string, details: DiagnosticDetails): void {
    const key = `${kind.code} ${subject}`;
    if (!this.#findings.has(key)) this.#findings.set(key, diagnose(kind, details));
  }

  add(diagnostics: readonly Diagnostic[]): void {
    for (const diagnostic of diagnostics) this.#add(diagnostic, diagnostic.message);
  }

  /**
   * Reports a fault that was caught.
   *
   * @param kind of the finding, unless the fault brings its own
   * @param frame puts the fault's message into the sentence of the place that caught it
   * @param place what was being evaluated; a related place when the fault lies elsewhere
   */
  fault(fault: TemplateFault, kind: DiagnosticKind, frame: (inner: string) => string, place: CatchingPlace): void {
    if (fault instanceof ReportedFault) return;
    const elsewhere = fault.span !== undefined && place.span !== undefined && !contains(place.span, fault.span);
    const consequence = place.consequence === undefined ? '' : ` ${place.consequence}`;
    const used = elsewhere ? [{ message: `Used by ${place.what}.${consequence}`, span: place.span }] : [];
    const diagnostic = diagnose(fault.kind ?? kind, {
      message: fault.isFramed ? fault.message : `${frame(fault.message)}${elsewhere ? '' : consequence}`,
      span: fault.span ?? place.span,
      path: place.path,
      related: [...fault.related, ...used],
      azureCode: fault.azureCode === 'InvalidTemplate' ? undefined : fault.azureCode,
      hint: fault.hint,
    });
    this.#add(diagnostic, fault.message);
  }

  /** A finding at the same place for the same reason is the same finding; its further places are related. */
  #add(diagnostic: Diagnostic, cause: string): void {
    const start = diagnostic.range?.start;
    const where = start === undefined ? diagnostic.path : `${diagnostic.file}:${start.line}:${start.column}`;
    const key = `${diagnostic.code} ${where} ${cause}`;
    const earlier = this.#findings.get(key);
    this.#findings.set(key, earlier === undefined ? diagnostic : withMoreRelated(earlier, diagnostic.related));
  }
}

function contains(outer: Span, inner: Span): boolean {
  return (
    outer.source === inner.source &&
    outer.offset <= inner.offset &&
    inner.offset + inner.length <= outer.offset + outer.length
  );
}

function withMoreRelated(diagnostic: Diagnostic, more: readonly RelatedPlace[]): Diagnostic {
  const related = [...diagnostic.related];
  for (const place of more) {
    if (related.length >= maximumRelated) break;
    if (!related.some((known) => samePlace(known, place))) related.push(place);
  }
  return { ...diagnostic, related };
}

function samePlace(a: RelatedPlace, b: RelatedPlace): boolean {
  const [first, second] = [a.range?.start, b.range?.start];
  return a.file === b.file && first?.line === second?.line && first?.column === second?.column;
}
