import { jsonNumber } from './functions/value-text.ts';
import { redacted, type Value } from './value.ts';

export interface JsonTextOptions {
  /** Replace values that secrets went into by `[redacted]`. */
  readonly redact?: boolean;
  /** Blanks by which each level is moved in; everything is on one line without them. */
  readonly indent?: number;
}

/** A value as JSON text: members in their order, integers with all of their 64 bits. */
export function renderJson(value: Value, options: JsonTextOptions = {}): string {
  return render(value, options, '\n');
}

/** @param lineBreak with the blanks before the value's own line */
function render(value: Value, options: JsonTextOptions, lineBreak: string): string {
  if (options.redact && value.secret) return JSON.stringify(redacted);
  switch (value.kind) {
    case 'String':
      return JSON.stringify(value.value);
    case 'Float':
      return jsonNumber(value.value);
    case 'Integer':
    case 'Boolean':
      return String(value.value);
    case 'Null':
      return 'null';
    case 'Array':
      return list('[', ']', value.items, options, lineBreak, (item, inner) => render(item, options, inner));
    case 'Object':
      return list('{', '}', [...value.members], options, lineBreak, ([key, member], inner) => {
        const colon = options.indent === undefined ? ':' : ': ';
        return JSON.stringify(key) + colon + render(member.value, options, inner);
      });
  }
}

function list<T>(
  open: string,
  close: string,
  parts: readonly T[],
  { indent }: JsonTextOptions,
  lineBreak: string,
  renderPart: (part: T, lineBreak: string) => string,
): string {
  if (parts.length === 0) return open + close;
  if (indent === undefined) return open + parts.map((part) => renderPart(part, lineBreak)).join(',') + close;
  const inner = lineBreak + ' '.repeat(indent);
  return open + parts.map((part) => inner + renderPart(part, inner)).join(',') + lineBreak + close;
}
