import type { RawHeaders } from '../routing/route.ts';

/** Whether two header names are the same; header names are ASCII. */
export function sameHeader(a: string, b: string): boolean {
  return a.length === b.length && a.toLowerCase() === b.toLowerCase();
}

/** A fixed set of header names. Most others are told by their length, without a copy in lower case. */
export class HeaderNames {
  readonly #byLength: string[][] = [];

  /** @param names in lower case */
  constructor(names: readonly string[]) {
    for (const name of names) this.#byLength[name.length] = names.filter(({ length }) => length === name.length);
  }

  /** @param name in any letter case */
  has(name: string): boolean {
    const candidates = this.#byLength[name.length];
    return candidates?.includes(name.toLowerCase()) === true;
  }
}

/** The first value of a header; undefined when it is not there. */
export function firstHeader(headers: RawHeaders, name: string): string | undefined {
  for (let index = 0; index < headers.length; index += 2) {
    if (sameHeader(headers[index] ?? '', name)) return headers[index + 1];
  }
  return undefined;
}

/** All values of a header, in the order of their lines. */
export function allHeaders(headers: RawHeaders, name: string): string[] {
  const values: string[] = [];
  for (let index = 0; index < headers.length; index += 2) {
    if (sameHeader(headers[index] ?? '', name)) values.push(headers[index + 1] ?? '');
  }
  return values;
}

/** Leaves one line with that value where the first one stood, or adds it at the end. */
export function setHeader(headers: string[], name: string, value: string): void {
  let isSet = false;
  let kept = 0;
  for (let index = 0; index < headers.length; index += 2) {
    const isMeant = sameHeader(headers[index] ?? '', name);
    if (isMeant && isSet) continue;
    headers[kept] = isMeant ? name : (headers[index] ?? '');
    headers[kept + 1] = isMeant ? value : (headers[index + 1] ?? '');
    kept += 2;
    isSet ||= isMeant;
  }
  headers.length = kept;
  if (!isSet) headers.push(name, value);
}

/** Takes all lines of a header away; tells whether there were any. */
export function deleteHeader(headers: string[], name: string): boolean {
  let kept = 0;
  for (let index = 0; index < headers.length; index += 2) {
    if (sameHeader(headers[index] ?? '', name)) continue;
    headers[kept] = headers[index] ?? '';
    headers[kept + 1] = headers[index + 1] ?? '';
    kept += 2;
  }
  const wasThere = kept < headers.length;
  headers.length = kept;
  return wasThere;
}

/** Whether a text can be the name of a header: an RFC 9110 token. */
export function isHeaderName(name: string): boolean {
  return /^[!#$%&'*+\-.^_`|~\w]+$/.test(name);
}

const unfitForValue = /[^\t\x20-\x7e\x80-\xff]/g;

/** Whether a text can be the value of a header as it is. */
export function isHeaderValue(value: string): boolean {
  return value.search(unfitForValue) === -1;
}

/** Leaves out of a header's value what could end the line or cannot be written. */
export function fitHeaderValue(value: string): string {
  return value.replace(unfitForValue, '').trim();
}
