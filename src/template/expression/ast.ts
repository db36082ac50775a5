/** Offsets count UTF-16 units of the expression's text, from its opening bracket, and become places in the file later. */
export interface ExpressionRange {
  readonly start: number;
  readonly end: number;
}

export type Expression = Literal | Call | MemberAccess | IndexAccess;

export interface Literal extends ExpressionRange {
  readonly kind: 'literal';
  readonly value: string | bigint | number;
}

export interface Call extends ExpressionRange {
  readonly kind: 'call';
  /** Of a user-defined function; undefined for a built-in one. */
  readonly namespace: string | undefined;
  readonly name: string;
  readonly args: readonly Expression[];
}

export interface MemberAccess extends ExpressionRange {
  readonly kind: 'member';
  readonly target: Expression;
  readonly name: string;
}

export interface IndexAccess extends ExpressionRange {
  readonly kind: 'index';
  readonly target: Expression;
  readonly index: Expression;
}
