import type { Range } from '../base/span.ts';

/** Lines and columns as SARIF counts them: from 1, the end exclusive. */
export function sarifRegion({ start, end }: Range) {
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}
