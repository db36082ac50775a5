import type { Diagnostic } from '../../base/diagnostic.ts';
import { diagnose } from '../../base/diagnostic.ts';
import type { SourceText, Span } from '../../base/span.ts';
import { kinds } from '../diagnostics.ts';
import {
  arrayValue,
  booleanValue,
  floatValue,
  integerValue,
  type Member,
  nullValue,
  stringValue,
  type Value,
} from '../value.ts';

interface OpenArray {
  readonly kind: 'Array';
  readonly offset: number;
  readonly items: Value[];
}

interface OpenObject {
  readonly kind: 'Object';
  readonly offset: number;
  readonly members: Map<string, Member>;
  key: { readonly name: string; readonly span: Span } | undefined;
}

const maximumInteger = 2n ** 63n - 1n;
const minimumInteger = -(2n ** 63n);

/** Makes located values of what a JSON reader reports as it goes through a text. */
export class JsonTreeBuilder {
  readonly findings: Diagnostic[] = [];
  root: Value | undefined;
  /** Where the last value ended; a comma that is missing belongs there. */
  lastEnd = 0;
  readonly #source: SourceText;
  readonly #restore: (text: string) => string;
  readonly #open: (OpenArray | OpenObject)[] = [];
  #lastComma: number | undefined;

  /** @param restore undoes what was done to strings so that the reader would take them */
  constructor(source: SourceText, restore: (text: string) => string) {
    this.#source = source;
    this.#restore = restore;
  }

  beginObject(offset: number): void {
    this.#lastComma = undefined;
    this.#open.push({ kind: 'Object', offset, members: new Map(), key: undefined });
  }

  beginArray(offset: number): void {
    this.#lastComma = undefined;
    this.#open.push({ kind: 'Array', offset, items: [] });
  }

  key(name: string, offset: number, length: number): void {
    this.#lastComma = undefined;
    const container = this.#open.at(-1);
    if (container?.kind !== 'Object') return;
    container.key = { name: this.#restore(name), span: this.#span(offset, length) };
  }

  separator(character: string, offset: number): void {
    if (character === ',') this.#lastComma = offset;
  }

  literal(value: unknown, offset: number, length: number): void {
    this.#lastComma = undefined;
    this.lastEnd = offset + length;
    this.#add(this.#literalValue(value, this.#span(offset, length)));
  }

  end(offset: number): void {
    if (this.#lastComma !== undefined) this.#reportTrailingComma(this.#lastComma);
    this.#lastComma = undefined;
    this.lastEnd = offset + 1;
    const closed = this.#open.pop();
    if (closed === undefined) return;
    const origin = this.#span(closed.offset, offset + 1 - closed.offset);
    this.#add(
      closed.kind === 'Array' ? arrayValue(closed.items, origin) : { kind: 'Object', members: closed.members, origin },
    );
  }

  #add(value: Value): void {
    const container = this.#open.at(-1);
    if (container === undefined) this.root ??= value;
    else if (container.kind === 'Array') container.items.push(value);
    else if (container.key !== undefined) {
      const { name, span } = container.key;
      const earlier = container.members.get(name);
      if (earlier !== undefined) this.#reportDuplicate(name, span, earlier);
      container.members.set(name, { value, keySpan: span });
      container.key = undefined;
    }
  }

  #literalValue(value: unknown, span: Span): Value {
    if (typeof value === 'string') return stringValue(this.#restore(value), span);
    if (typeof value === 'number') return this.#numberValue(value, span);
    if (typeof value === 'boolean') return booleanValue(value, span);
    return nullValue(span);
  }

  #numberValue(value: number, span: Span): Value {
    const text = this.#source.text.slice(span.offset, span.offset + span.length);
    if (!/^-?\d+$/.test(text)) return floatValue(value, span);
    const integer = BigInt(text);
    if (integer >= minimumInteger && integer <= maximumInteger) return integerValue(integer, span);
    this.findings.push(
      diagnose(kinds.numberOutOfRange, { message: `${text} does not fit into 64 bits; it becomes ${value}.`, span }),
    );
    return floatValue(value, span);
  }

  #reportTrailingComma(offset: number): void {
    this.findings.push(
      diagnose(kinds.trailingComma, {
        message: 'There is a comma after the last element. Azure tolerates it, strict JSON readers do not.',
        span: this.#span(offset, 1),
        fix: {
          title: 'Remove the comma.',
          reach: 'text',
          edits: [{ file: this.#source.name, offset, length: 1, text: '' }],
        },
      }),
    );
  }

  #reportDuplicate(name: string, span: Span, earlier: Member): void {
    this.findings.push(
      diagnose(kinds.duplicateKey, {
        message: `'${name}' is given twice in this object; the last one counts.`,
        span,
        related: [{ message: `First '${name}'.`, span: earlier.keySpan }],
      }),
    );
  }

  #span(offset: number, length: number): Span {
    return { source: this.#source, offset, length };
  }
}
