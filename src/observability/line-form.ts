import { asciiBytes, type LineBuffer } from './line-buffer.ts';

/** Writes the value of a member for one request. */
export type WriteValue<T> = (line: LineBuffer, subject: T) => void;

/** Values by the names of their members, in their order; text where it is always the same. */
export type FormMembers<T> = Readonly<Record<string, string | WriteValue<T>>>;

/** The members of a JSON object that is written again and again: what is always the same is made once. */
export class LineForm<T> {
  readonly #values: readonly { readonly before: Uint8Array; readonly write: WriteValue<T> }[];
  readonly #end: Uint8Array;

  /**
   * @param beginning what comes before the first member
   * @param end what comes after the last one
   */
  constructor(beginning: string, members: FormMembers<T>, end = '') {
    const values: { before: Uint8Array; write: WriteValue<T> }[] = [];
    let before = beginning;
    for (const [index, [name, value]] of Object.entries(members).entries()) {
      before += `${index === 0 ? '' : ','}"${name}":`;
      if (typeof value === 'string') before += JSON.stringify(value);
      else {
        values.push({ before: asciiBytes(before), write: value });
        before = '';
      }
    }
    this.#values = values;
    this.#end = asciiBytes(before + end);
  }

  write(line: LineBuffer, subject: T): void {
    for (const { before, write } of this.#values) {
      line.bytes(before);
      write(line, subject);
    }
    line.bytes(this.#end);
  }
}
