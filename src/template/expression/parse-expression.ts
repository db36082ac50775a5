import type { Expression } from './ast.ts';
import { ExpressionSyntaxError } from './expression-syntax-error.ts';
import { type Token, type TokenKind, tokenize } from './tokenize.ts';

/** Calls and indexes inside one another, and accesses one after the other; real expressions stay below 30. */
const maximumNesting = 200;

/** Enough for the largest generated templates; beyond it, the cache starts anew. */
const cacheSize = 20_000;
const cache = new Map<string, Expression | ExpressionSyntaxError>();

/**
 * Parses an expression, brackets included. Each text is parsed once, whatever the outcome.
 *
 * @throws ExpressionSyntaxError with the message Azure would give
 */
export function parseExpression(text: string): Expression {
  let parsed = cache.get(text);
  if (parsed === undefined) {
    parsed = parseAnew(text);
    if (cache.size >= cacheSize) cache.clear();
    cache.set(text, parsed);
  }
  if (parsed instanceof ExpressionSyntaxError) throw parsed;
  return parsed;
}

function parseAnew(text: string): Expression | ExpressionSyntaxError {
  try {
    return new Parser(text).parse();
  } catch (error) {
    if (error instanceof ExpressionSyntaxError) return error;
    throw error;
  }
}

/**
 * By recursive descent:
 *
 *     expression := primary { "." identifier | "[" expression "]" }
 *     primary    := string | number | [ identifier "." ] identifier "(" [ expression { "," expression } ] ")"
 */
class Parser {
  readonly #text: string;
  readonly #tokens: readonly Token[];
  #next = 0;
  #nesting = 0;

  constructor(text: string) {
    this.#text = text;
    this.#tokens = tokenize(text);
  }

  parse(): Expression {
    const expression = this.#expression();
    this.#take('EndOfData');
    return expression;
  }

  #expression(): Expression {
    if (++this.#nesting > maximumNesting) throw this.#tooDeep();
    let expression = this.#primary();
    for (let accesses = 0; ; accesses++) {
      const accessed = this.#accessor(expression);
      if (accessed === undefined) break;
      if (accesses > maximumNesting) throw this.#tooDeep();
      expression = accessed;
    }
    this.#nesting--;
    return expression;
  }

  #accessor(target: Expression): Expression | undefined {
    const { kind } = this.#peek();
    if (kind === 'Dot') {
      this.#next++;
      const name = this.#take('Identifier');
      return { kind: 'member', target, name: name.text, start: target.start, end: name.end };
    }
    if (kind === 'LeftSquareBracket') {
      this.#next++;
      const index = this.#expression();
      const close = this.#take('RightSquareBracket');
      return { kind: 'index', target, index, start: target.start, end: close.end };
    }
    return undefined;
  }

  #primary(): Expression {
    const token = this.#peek();
    switch (token.kind) {
      case 'StringLiteral':
        return this.#literal(token.text);
      case 'Integer':
        return this.#literal(BigInt(token.text));
      case 'Float':
        return this.#literal(Number(token.text));
      default:
        return this.#call();
    }
  }

  #literal(value: string | bigint | number): Expression {
    const { start, end } = this.#peek();
    this.#next++;
    return { kind: 'literal', value, start, end };
  }

  #call(): Expression {
    const first = this.#take('Identifier');
    let namespace: string | undefined;
    let name = first.text;
    if (this.#peek().kind === 'Dot') {
      this.#next++;
      namespace = first.text;
      name = this.#take('Identifier').text;
    }
    this.#take('LeftParenthesis');
    const args = this.#arguments();
    const close = this.#take('RightParenthesis');
    return { kind: 'call', namespace, name, args, start: first.start, end: close.end };
  }

  #arguments(): Expression[] {
    if (this.#peek().kind === 'RightParenthesis') return [];
    const args = [this.#expression()];
    while (this.#peek().kind === 'Comma') {
      this.#next++;
      args.push(this.#expression());
    }
    return args;
  }

  #peek(): Token {
    // The last token, EndOfData, is never passed.
    return this.#tokens[Math.min(this.#next, this.#tokens.length - 1)] as Token;
  }

  #take(kind: TokenKind): Token {
    const token = this.#peek();
    if (token.kind !== kind) throw this.#unexpected(kind, token);
    this.#next++;
    return token;
  }

  #unexpected(expected: TokenKind, actual: Token): ExpressionSyntaxError {
    return new ExpressionSyntaxError(
      `Unable to parse language expression '${this.#text.slice(1, -1)}': expected token '${expected}' and actual '${actual.kind}'.`,
      actual.start,
      actual.end,
    );
  }

  #tooDeep(): ExpressionSyntaxError {
    const { start, end } = this.#peek();
    return new ExpressionSyntaxError(
      `The language expression nests more than ${maximumNesting} levels; Agate evaluates no deeper ones.`,
      start,
      end,
    );
  }
}
