import type { ArrayValue, ObjectValue, Value } from '../value.ts';
import { checkTextLength, WalkBudget } from './limits.ts';
import { doubleText } from './number-format.ts';

/**
 * How a value reads inside `format`, `concat` and `join`: texts as they are, `True` and `False`, nothing for null,
 * arrays and objects as JSON in single quotes.
 */
export function displayText(value: Value, functionName: string): string {
  switch (value.kind) {
    case 'String':
      return value.value;
    case 'Integer':
      return value.value.toString();
    case 'Float':
      return doubleText(value.value);
    case 'Boolean':
      return value.value ? 'True' : 'False';
    case 'Null':
      return '';
    default:
      return new JsonText("'", functionName).render(value);
  }
}

/** Compact JSON: keys in their order, integers in full. */
export function jsonText(value: Value, functionName: string): string {
  return new JsonText('"', functionName).render(value);
}

class JsonText {
  readonly #quote: '"' | "'";
  readonly #functionName: string;
  readonly #budget: WalkBudget;
  #text = '';

  constructor(quote: '"' | "'", functionName: string) {
    this.#quote = quote;
    this.#functionName = functionName;
    this.#budget = new WalkBudget(functionName);
  }

  render(value: Value): string {
    this.#value(value, 0);
    return this.#text;
  }

  #value(value: Value, depth: number): void {
    this.#budget.step(depth);
    if (value.kind === 'Array') {
      this.#list('[', ']', value.items, (item) => this.#value(item, depth + 1));
    } else if (value.kind === 'Object') {
      this.#list('{', '}', value.members, ([key, member]) => {
        this.#append(`${quoted(key, this.#quote)}:`);
        this.#value(member.value, depth + 1);
      });
    } else {
      this.#append(scalarText(value, this.#quote));
    }
  }

  #list<T>(open: string, close: string, entries: Iterable<T>, render: (entry: T) => void): void {
    this.#append(open);
    let separator = '';
    for (const entry of entries) {
      this.#append(separator);
      render(entry);
      separator = ',';
    }
    this.#append(close);
  }

  #append(text: string): void {
    checkTextLength(this.#functionName, this.#text.length + text.length);
    this.#text += text;
  }
}

function scalarText(value: Exclude<Value, ArrayValue | ObjectValue>, quote: '"' | "'"): string {
  switch (value.kind) {
    case 'String':
      return quoted(value.value, quote);
    case 'Float':
      return jsonNumber(value.value);
    case 'Null':
      return 'null';
    default:
      return String(value.value);
  }
}

/** JSON keeps a float a float: 1.0 does not become 1. */
export function jsonNumber(value: number): string {
  const text = doubleText(value);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}

const shortEscapes: Readonly<Record<string, string>> = {
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
  '\\': '\\\\',
};

function quoted(text: string, quote: '"' | "'"): string {
  const escaped = text.replace(/[\p{Cc}\\"'\u2028\u2029]/gu, (character) => {
    if (character === '"' || character === "'") return character === quote ? `\\${character}` : character;
    return shortEscapes[character] ?? escapeControl(character);
  });
  return quote + escaped + quote;
}

/** Json.NET escapes the old control characters and what ends a line; the others it writes as they are. */
function escapeControl(character: string): string {
  const isWritten = character >= '\x7f' && character <= '\x9f' && character !== '\x85';
  return isWritten ? character : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
