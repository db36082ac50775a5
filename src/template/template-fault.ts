import type { DiagnosticKind } from '../base/diagnostic.ts';
import type { Span } from '../base/span.ts';

/** Another place that explains a fault, such as the definition of what was misused. */
export interface FaultPlace {
  readonly message: string;
  readonly span: Span | undefined;
}

export interface FaultDetails {
  readonly azureCode?: string;
  readonly span?: Span | undefined;
  readonly hint?: string | undefined;
  /** The kind of finding it becomes; without it, the kind that belongs to the place where it is caught. */
  readonly kind?: DiagnosticKind | undefined;
  readonly related?: readonly FaultPlace[] | undefined;
  /** The message already says which variable, parameter or function it speaks of. */
  readonly isFramed?: boolean | undefined;
}

/**
 * A template cannot be evaluated here. Thrown inside `template/` only; whoever evaluates a parameter, variable,
 * resource or output catches it there, makes a diagnostic of it and goes on with the rest.
 */
export class TemplateFault extends Error {
  /** Azure's code for the fault. */
  readonly azureCode: string;
  /** The narrowest place known when it was thrown. */
  readonly span: Span | undefined;
  readonly hint: string | undefined;
  readonly kind: DiagnosticKind | undefined;
  readonly related: readonly FaultPlace[];
  readonly isFramed: boolean;

  constructor(message: string, details: FaultDetails = {}) {
    super(message);
    this.name = 'TemplateFault';
    this.azureCode = details.azureCode ?? 'InvalidTemplate';
    this.span = details.span;
    this.hint = details.hint;
    this.kind = details.kind;
    this.related = details.related ?? [];
    this.isFramed = details.isFramed ?? false;
  }

  /** The same fault at this place, unless it already knows a narrower one. */
  at(span: Span | undefined): TemplateFault {
    if (this.span !== undefined || span === undefined) return this;
    return this.with({ span });
  }

  /** The same fault with some details changed. */
  with(details: FaultDetails & { readonly message?: string }): TemplateFault {
    return new TemplateFault(details.message ?? this.message, {
      azureCode: details.azureCode ?? this.azureCode,
      span: details.span ?? this.span,
      hint: details.hint ?? this.hint,
      kind: details.kind ?? this.kind,
      related: details.related ?? this.related,
      isFramed: details.isFramed ?? this.isFramed,
    });
  }
}

/** What caused it has been reported where it lies, and is not reported again. */
export class ReportedFault extends TemplateFault {
  override at(): ReportedFault {
    return this;
  }

  override with(): ReportedFault {
    return this;
  }
}

/** A limit that protects against hostile templates is reached: the whole evaluation ends here. */
export class LimitFault extends TemplateFault {
  override at(): LimitFault {
    return this;
  }

  override with(): LimitFault {
    return this;
  }
}
