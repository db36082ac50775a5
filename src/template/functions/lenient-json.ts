import type { Value } from '../value.ts';
import { arrayValue, booleanValue, floatValue, integerValue, nullValue, objectValue, stringValue } from '../value.ts';
import { functionFault } from './function-fault.ts';
import { maximumDepth } from './limits.ts';

/**
 * Reads JSON as the service's parser (Json.NET) does: texts and keys in single quotes, keys without quotes, comments,
 * line breaks in texts and a comma behind the last element are accepted, and whole numbers stay integers.
 */
export function parseLenientJson(text: string, functionName: string): Value {
  const value = new Reader(text).document();
  if (value === undefined) throw functionFault(functionName, 'The argument provided is not a valid JSON string.');
  return value;
}

const ignored = /(?:[\s\ufeff]+|\/\/[^\n]*|\/\*.*?\*\/)*/sy;
const word = /[\p{L}\p{N}_$]+/uy;
const number = /-?(?:0[xX][\da-fA-F]+|\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)(?![\w.])/y;

// Longer ones are no 64-bit integers, and slow to convert when very long.
const longestInteger = 100;

const escapes: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  '"': '"',
  "'": "'",
  '/': '/',
  '\\': '\\',
};

/** Undefined from any of its methods means that the text is not JSON there. */
class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): Value | undefined {
    // Json.NET takes a comment before the value for the value itself.
    if (/^\s*\//.test(this.#text)) return undefined;
    const value = this.#value(0);
    this.#match(ignored);
    return this.#at === this.#text.length ? value : undefined;
  }

  #value(depth: number): Value | undefined {
    this.#match(ignored);
    if (depth > maximumDepth) return undefined;
    switch (this.#text[this.#at]) {
      case '{':
        return this.#object(depth);
      case '[':
        return this.#array(depth);
      case '"':
      case "'": {
        const text = this.#string();
        return text === undefined ? undefined : stringValue(text);
      }
      default:
        return this.#number() ?? this.#keyword();
    }
  }

  #array(depth: number): Value | undefined {
    const items: Value[] = [];
    this.#at += 1;
    while (!this.#take(']')) {
      const item = this.#value(depth + 1);
      if (item === undefined || !this.#separator(']')) return undefined;
      items.push(item);
    }
    return arrayValue(items);
  }

  #object(depth: number): Value | undefined {
    const members: (readonly [string, Value])[] = [];
    this.#at += 1;
    while (!this.#take('}')) {
      const key = this.#key();
      if (key === undefined || !this.#take(':')) return undefined;
      const value = this.#value(depth + 1);
      if (value === undefined || !this.#separator('}')) return undefined;
      members.push([key, value]);
    }
    return objectValue(members);
  }

  #key(): string | undefined {
    const first = this.#text[this.#at];
    return first === '"' || first === "'" ? this.#string() : this.#match(word);
  }

  /** A comma, or the end of the list ahead. */
  #separator(close: ']' | '}'): boolean {
    if (this.#take(',')) return true;
    return this.#text[this.#at] === close;
  }

  #string(): string | undefined {
    const quote = this.#text[this.#at];
    let text = '';
    let from = this.#at + 1;
    for (let at = from; at < this.#text.length; at += 1) {
      const character = this.#text[at];
      if (character === quote) {
        this.#at = at + 1;
        return text + this.#text.slice(from, at);
      }
      if (character !== '\\') continue;
      const escaped = this.#escape(at + 1);
      if (escaped === undefined) return undefined;
      text += this.#text.slice(from, at) + escaped.text;
      from = at + 1 + escaped.length;
      at = from - 1;
    }
    return undefined;
  }

  #escape(at: number): { readonly text: string; readonly length: number } | undefined {
    const character = this.#text.charAt(at);
    if (character === 'u') {
      const digits = this.#text.slice(at + 1, at + 5);
      return /^[\da-fA-F]{4}$/.test(digits)
        ? { text: String.fromCharCode(Number.parseInt(digits, 16)), length: 5 }
        : undefined;
    }
    const text = Object.hasOwn(escapes, character) ? escapes[character] : undefined;
    return text === undefined ? undefined : { text, length: 1 };
  }

  #number(): Value | undefined {
    const text = this.#match(number);
    if (text === undefined) return undefined;
    // Json.NET takes a leading zero for the mark of an octal number.
    if (/^0\d/.test(text)) return /^[0-7]+$/.test(text) ? this.#integer(BigInt(`0o${text}`)) : undefined;
    const isWhole = /^-?\d+$|^-?0[xX]/.test(text);
    if (!isWhole || text.length > longestInteger) return this.#float(Number(text));
    return this.#integer(text.startsWith('-') ? -BigInt(text.slice(1)) : BigInt(text));
  }

  #integer(value: bigint): Value | undefined {
    return BigInt.asIntN(64, value) === value ? integerValue(value) : this.#float(Number(value));
  }

  #float(value: number): Value | undefined {
    return Number.isFinite(value) ? floatValue(value) : undefined;
  }

  #keyword(): Value | undefined {
    switch (this.#match(word)) {
      case 'true':
        return booleanValue(true);
      case 'false':
        return booleanValue(false);
      case 'null':
      case 'undefined':
        return nullValue();
      default:
        return undefined;
    }
  }

  #take(character: string): boolean {
    this.#match(ignored);
    const isThere = this.#text[this.#at] === character;
    if (isThere) {
      this.#at += 1;
      this.#match(ignored);
    }
    return isThere;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const text = pattern.exec(this.#text)?.[0];
    if (text !== undefined) this.#at += text.length;
    return text;
  }
}
