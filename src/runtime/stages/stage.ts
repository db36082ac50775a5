import type { ErrorInfo } from '../../routing/error-info.ts';
import type { Exchange } from '../exchange.ts';

/** What a stage decided: on to the next one, or the gateway answers by itself. */
export type StageResult = { readonly kind: 'next' } | { readonly kind: 'respond'; readonly answer: Answer };

/** An answer of the gateway's own. */
export interface Answer {
  readonly status: number;
  readonly errorInfo: ErrorInfo;
  /** For people; null where there is nothing to explain. */
  readonly why: string | null;
  readonly extraLine?: string;
  /** Of a redirect. */
  readonly location?: string;
  /** v1 closes the connection in some cases, without a word. */
  readonly isUnanswered?: boolean;
}

/** A step on a request's way. It reads what arrived, records its decision, and never writes to the client. */
export interface Stage {
  readonly name: string;
  run(exchange: Exchange): StageResult;
}

export const next: StageResult = { kind: 'next' };

export function respond(answer: Answer): StageResult {
  return { kind: 'respond', answer };
}
