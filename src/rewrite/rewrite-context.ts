import type { ClientRequest, ResponseHead } from '../routing/route.ts';

/** What the variables of a rewrite are read from: always the request and response before any rewrite. */
export interface RewriteContext {
  readonly request: ClientRequest;
  /** With port. */
  readonly host: string;
  readonly path: string;
  /** Without `?`; null when there is none. */
  readonly query: string | null;
  /** null while the request is on its way to the backend. */
  readonly response: ResponseHead | null;
}
