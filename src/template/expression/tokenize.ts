import { ExpressionSyntaxError } from './expression-syntax-error.ts';

/** The names of tokens with which Azure's messages speak of them. */
export type TokenKind =
  | 'Identifier'
  | 'LeftParenthesis'
  | 'RightParenthesis'
  | 'LeftSquareBracket'
  | 'RightSquareBracket'
  | 'Comma'
  | 'Dot'
  | 'StringLiteral'
  | 'Integer'
  | 'Float'
  | 'EndOfData';

export interface Token {
  readonly kind: TokenKind;
  /** The token as written; of a string what it means, without quotes. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const punctuation: Readonly<Record<string, TokenKind>> = {
  '(': 'LeftParenthesis',
  ')': 'RightParenthesis',
  '[': 'LeftSquareBracket',
  ']': 'RightSquareBracket',
  ',': 'Comma',
  '.': 'Dot',
};

const whiteSpace = /[ \t\r\n\u00a0]+/y;
const identifier = /[A-Za-z_][A-Za-z0-9_]*/y;
const number = /-?[0-9]+(?:\.[0-9]+)?/y;
const text = /'(?:[^']|'')*'/y;

/**
 * Splits an expression into tokens, the last of which is `EndOfData`.
 *
 * @param expression with its brackets; tokens are those between them, their offsets count from the opening one
 */
export function tokenize(expression: string): Token[] {
  const end = expression.length - 1;
  const tokens: Token[] = [];
  let at = 1;
  while (at < end) {
    const blank = lengthOf(whiteSpace, expression, at);
    if (blank > 0) {
      at += blank;
      continue;
    }
    const token = readToken(expression, at, end);
    tokens.push(token);
    at = token.end;
  }
  tokens.push({ kind: 'EndOfData', text: '', start: end, end });
  return tokens;
}

function readToken(expression: string, start: number, limit: number): Token {
  const mark = punctuation[expression[start] ?? ''];
  if (mark !== undefined) return { kind: mark, text: expression[start] ?? '', start, end: start + 1 };
  const name = tokenOf('Identifier', identifier, expression, start);
  if (name !== undefined) return name;
  const numeral = tokenOf('Integer', number, expression, start);
  if (numeral !== undefined) return numberToken(numeral, expression);
  const literal = tokenOf('StringLiteral', text, expression, start);
  if (literal !== undefined && literal.end <= limit) {
    return { ...literal, text: literal.text.slice(1, -1).replaceAll("''", "'") };
  }
  throw new ExpressionSyntaxError(
    `The language expression '${expression.slice(1, -1)}' is not valid: the string character '${expression[start]}' at position '${start - 1}' is not expected.`,
    start,
    start + 1,
  );
}

function numberToken(numeral: Token, expression: string): Token {
  if (numeral.text.includes('.')) return { ...numeral, kind: 'Float' };
  if (BigInt.asIntN(64, BigInt(numeral.text)) === BigInt(numeral.text)) return numeral;
  throw new ExpressionSyntaxError(
    `The language expression '${expression.slice(1, -1)}' is not valid: the integer '${numeral.text}' does not fit into 64 bits.`,
    numeral.start,
    numeral.end,
  );
}

function tokenOf(kind: TokenKind, pattern: RegExp, expression: string, start: number): Token | undefined {
  const length = lengthOf(pattern, expression, start);
  return length === 0 ? undefined : { kind, text: expression.slice(start, start + length), start, end: start + length };
}

function lengthOf(pattern: RegExp, expression: string, start: number): number {
  pattern.lastIndex = start;
  return pattern.test(expression) ? pattern.lastIndex - start : 0;
}
