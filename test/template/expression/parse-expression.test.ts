import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Expression } from '../../../src/template/expression/ast.ts';
import { ExpressionSyntaxError } from '../../../src/template/expression/expression-syntax-error.ts';
import { isEscaped, isExpression } from '../../../src/template/expression/expression-text.ts';
import { parseExpression } from '../../../src/template/expression/parse-expression.ts';

/** The tree as text, fully bracketed. */
function shape(expression: Expression): string {
  switch (expression.kind) {
    case 'literal':
      return typeof expression.value === 'string' ? `'${expression.value}'` : String(expression.value);
    case 'call': {
      const name = expression.namespace === undefined ? expression.name : `${expression.namespace}::${expression.name}`;
      return `${name}(${expression.args.map(shape).join(' ')})`;
    }
    case 'member':
      return `(${shape(expression.target)} .${expression.name})`;
    case 'index':
      return `(${shape(expression.target)} [${shape(expression.index)}])`;
  }
}

// https://learn.microsoft.com/azure/azure-resource-manager/templates/template-expressions#escape-characters
describe('tells expressions from text', () => {
  test.each([
    ['[concat()]', true, false],
    ['[[test value]', false, true],
    ['[test] value', false, false],
    ['[test', false, false],
    ['[[one]two', false, false],
    ['[[[a]', false, true],
    ['[[]', false, true],
    [' [x()]', false, false],
    ['[]', true, false],
    ['[', false, false],
    ['', false, false],
  ])('%j', (text, expression, escaped) => {
    expect([isExpression(text), isEscaped(text)]).toEqual([expression, escaped]);
  });
});

describe('parses', () => {
  test.each([
    ["['text']", "'text'"],
    ["['it''s']", "'it's'"],
    ["['''quoted''']", "''quoted''"],
    ['[-12]', '-12'],
    ['[9223372036854775807]', '9223372036854775807'],
    ['[7.5]', '7.5'],
    ['[ f ( ) ]', 'f()'],
    ["[f(1, 'a', g())]", "f(1 'a' g())"],
    ['[ns.f(1)]', 'ns::f(1)'],
    ["[v('a').b[0]['c'].d]", "((((v('a') .b) [0]) ['c']) .d)"],
    ["[v('a')[copyIndex('x', 1)].y]", "((v('a') [copyIndex('x' 1)]) .y)"],
    ["['abc'[0]]", "('abc' [0])"],
    ['[f(\r\n\t 1)]', 'f(1)'],
    ['[__bicep.f_2(g_1())]', '__bicep::f_2(g_1())'],
  ])('%s', (text, expected) => {
    expect(shape(parseExpression(text))).toBe(expected);
  });

  test('keeps where each part stands, counted from the opening bracket', () => {
    const parsed = parseExpression("[concat('a', v('b').c)]");
    expect(parsed).toMatchObject({
      kind: 'call',
      start: 1,
      end: 22,
      args: [
        { kind: 'literal', start: 8, end: 11 },
        { kind: 'member', start: 13, end: 21, target: { kind: 'call', start: 13, end: 19 } },
      ],
    });
  });
});

describe("refuses with Azure's messages", () => {
  test.each([
    ['[]', "Unable to parse language expression '': expected token 'Identifier' and actual 'EndOfData'.", 1],
    [
      "[concat('a', 'b']",
      "Unable to parse language expression 'concat('a', 'b'': expected token 'RightParenthesis' and actual 'EndOfData'.",
      16,
    ],
    ['[f(,1)]', "Unable to parse language expression 'f(,1)': expected token 'Identifier' and actual 'Comma'.", 3],
    [
      '[f(1,)]',
      "Unable to parse language expression 'f(1,)': expected token 'Identifier' and actual 'RightParenthesis'.",
      5,
    ],
    [
      '[true]',
      "Unable to parse language expression 'true': expected token 'LeftParenthesis' and actual 'EndOfData'.",
      5,
    ],
    [
      '[f() g()]',
      "Unable to parse language expression 'f() g()': expected token 'EndOfData' and actual 'Identifier'.",
      5,
    ],
    ['[f().1]', "Unable to parse language expression 'f().1': expected token 'Identifier' and actual 'Integer'.", 5],
    [
      '[f()[1]',
      "Unable to parse language expression 'f()[1': expected token 'RightSquareBracket' and actual 'EndOfData'.",
      6,
    ],
    [
      '[a.b.c()]',
      "Unable to parse language expression 'a.b.c()': expected token 'LeftParenthesis' and actual 'Dot'.",
      4,
    ],
    [
      "[f(a'b)]",
      "The language expression 'f(a'b)' is not valid: the string character ''' at position '3' is not expected.",
      4,
    ],
    [
      '[f(1 + 2)]',
      "The language expression 'f(1 + 2)' is not valid: the string character '+' at position '4' is not expected.",
      5,
    ],
    [
      '[f($x)]',
      "The language expression 'f($x)' is not valid: the string character '$' at position '2' is not expected.",
      3,
    ],
  ])('%s', (text, message, start) => {
    let thrown: unknown;
    try {
      parseExpression(text);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(ExpressionSyntaxError);
    expect(thrown).toMatchObject({ message, start });
  });

  test('expressions that nest without end', () => {
    expect(() => parseExpression(`[${'f('.repeat(8000)}${')'.repeat(8000)}]`)).toThrow(/nests more than 200 levels/);
    expect(() => parseExpression(`[f()${'[f()'.repeat(5000)}${']'.repeat(5000)}]`)).toThrow(
      /nests more than 200 levels/,
    );
  });
});

describe('any text', () => {
  const pieces = fc.constantFrom(
    'f',
    '(',
    ')',
    '[',
    ']',
    '.',
    ',',
    "'",
    "''",
    ' ',
    '\n',
    '1',
    '-',
    '9'.repeat(30),
    '.5',
    '"',
    '\\',
    'é',
    '$',
  );

  test('parses or is refused, in time proportional to its length', () => {
    fc.assert(
      fc.property(
        fc.array(pieces, { maxLength: 200 }).map((parts) => `[${parts.join('')}]`),
        (text) => {
          try {
            return parseExpression(text).end <= text.length;
          } catch (error) {
            return error instanceof ExpressionSyntaxError && error.start <= text.length;
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});
