import { isIP } from 'node:net';
import { keyed, record, type Shape, scalar, textLike } from '../../input/shape.ts';

/** A text that has a variable in it is checked when it is used. */
const variable = String.raw`\$\{[^}]*\}`;

/** A method, the name of a header or a subprotocol: https://www.rfc-editor.org/rfc/rfc9110#name-tokens */
export const token = textLike(
  'a word of letters, digits and hyphens',
  new RegExp(`^(?:[!#$%&'*+.^_\`|~0-9A-Za-z-]|${variable})+$`),
);

const headerText = /^[\t\x20-\x7e\x80-\xff]*$/;

/** The value of a header, which is a line of single bytes. */
export const headerValue = scalar<string>({
  name: 'text in one line, in Latin letters',
  schema: { type: ['string', 'number', 'boolean'], pattern: headerText.source },
  accept(value) {
    if (!['string', 'number', 'boolean'].includes(typeof value)) return undefined;
    return headerText.test(String(value)) ? String(value) : undefined;
  },
});

export const ipAddress = scalar<string>({
  name: 'an IPv4 or IPv6 address',
  schema: { type: 'string', pattern: `^(?:\\d+(?:\\.\\d+){3}|[\\da-fA-F.]*:[\\da-fA-F:.]*|.*${variable}.*)$` },
  accept: (value) =>
    typeof value === 'string' && (isIP(value) !== 0 || new RegExp(variable).test(value)) ? value : undefined,
});

/** A mapping by names of headers. */
export function headers<T>(value: Shape<T>): Shape<Readonly<Record<string, T>>> {
  return keyed(token, record(value));
}
