/** What jsonc-parser's error codes mean, said about the piece of text where it stopped. */
const texts: Readonly<Record<string, (found: string) => string>> = {
  InvalidSymbol: (found) => `'${found}' is not valid in JSON; text needs double quotes.`,
  InvalidNumberFormat: (found) => `'${found}' is not a number.`,
  PropertyNameExpected: (found) => `Found ${quoted(found)} where a property name in double quotes belongs.`,
  ValueExpected: (found) => `Found ${quoted(found)} where a value belongs.`,
  ColonExpected: (found) => `Found ${quoted(found)} where a colon belongs.`,
  CommaExpected: (found) => `Found ${quoted(found)} where a comma belongs.`,
  CloseBraceExpected: (found) => `Found ${quoted(found)} where a closing brace '}' belongs.`,
  CloseBracketExpected: (found) => `Found ${quoted(found)} where a closing bracket ']' belongs.`,
  EndOfFileExpected: (found) => `Found ${quoted(found)} after the end of the document.`,
  UnexpectedEndOfComment: () => 'A comment is not closed.',
  UnexpectedEndOfString: () => 'A string is not closed.',
  UnexpectedEndOfNumber: (found) => `The number '${found}' ends too early.`,
  InvalidUnicode: () => 'A \\u escape needs four hexadecimal digits.',
  InvalidEscapeCharacter: () => 'A string contains a backslash that starts no valid escape.',
  InvalidCharacter: () => 'A string contains a control character that cannot be read.',
};

/** One sentence about a syntax error. */
export function syntaxErrorText(errorName: string, found: string): string {
  const text = texts[errorName];
  return text === undefined ? `The text is not valid JSON (${errorName}).` : text(shortened(found));
}

function quoted(found: string): string {
  return found === '' ? 'the end of the text' : `'${found}'`;
}

function shortened(found: string): string {
  const [line = ''] = found.split('\n', 1);
  return line.length > 40 ? `${line.slice(0, 40)}…` : line.trimEnd();
}
