import type { PathSegment } from './json-path.ts';

/** Something wrong in a document, before its place in the text is looked up. */
export interface Problem {
  readonly path: readonly PathSegment[];
  readonly message: string;
  readonly hint?: string;
  /** It is the name of the member that is wrong, whatever its value. */
  readonly isOfName?: boolean;
}
