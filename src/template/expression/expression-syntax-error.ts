/** An expression cannot be read; offsets count from its opening bracket. */
export class ExpressionSyntaxError extends Error {
  readonly start: number;
  readonly end: number;

  constructor(message: string, start: number, end: number) {
    super(message);
    this.name = 'ExpressionSyntaxError';
    this.start = start;
    this.end = end;
  }
}
