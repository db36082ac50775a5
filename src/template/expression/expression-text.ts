/**
 * Whether a string of a template is an expression: it starts with one bracket and ends with one.
 *
 * https://learn.microsoft.com/azure/azure-resource-manager/templates/template-expressions#escape-characters
 */
export function isExpression(text: string): boolean {
  return text.charCodeAt(0) === openingBracket && text.charCodeAt(1) !== openingBracket && endsInBracket(text);
}

/** Whether a string means itself with its first bracket dropped, as `[[not an expression]`. */
export function isEscaped(text: string): boolean {
  return text.charCodeAt(0) === openingBracket && text.charCodeAt(1) === openingBracket && endsInBracket(text);
}

const openingBracket = 0x5b;
const closingBracket = 0x5d;

function endsInBracket(text: string): boolean {
  return text.length > 1 && text.charCodeAt(text.length - 1) === closingBracket;
}
