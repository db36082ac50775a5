import { type ParseError, type ParseErrorCode, printParseErrorCode, visit } from 'jsonc-parser';
import type { Diagnostic, Result } from '../base/diagnostic.ts';
import { diagnose } from '../base/diagnostic.ts';
import type { Fix } from '../base/fix.ts';
import { SourceText, type Span } from '../base/span.ts';
import { kinds } from './diagnostics.ts';
import { type DisguisedText, disguiseControlCharacters } from './json/control-characters.ts';
import { JsonTreeBuilder } from './json/json-tree-builder.ts';
import { syntaxErrorText } from './json/syntax-error-text.ts';
import type { Value } from './value.ts';

/** Deeper documents are refused; recursion over them would end in an overflow of the stack. */
const maximumDepth = 256;

/**
 * Reads JSON as Azure's clients do: with comments, trailing commas, a byte order mark, and line breaks inside strings.
 * Every value and key knows its place. Faults are findings; without any that change the meaning, there is a value.
 */
export function readJson(source: SourceText): Result<Value | undefined> {
  const diagnostics: Diagnostic[] = [];
  const text = withoutByteOrderMark(source, diagnostics);
  const disguised = disguiseControlCharacters(text.text);
  if (disguised.depth > maximumDepth) {
    diagnostics.push(
      diagnose(kinds.jsonTooDeep, {
        message: `'${source.name}' nests ${disguised.depth} levels of objects and arrays; Agate reads up to ${maximumDepth}.`,
        span: { source: text, offset: 0, length: 0 },
      }),
    );
    return { value: undefined, diagnostics };
  }
  const builder = new JsonTreeBuilder(text, disguised.restore);
  const errors = visitJson(disguised.text, builder);
  diagnostics.push(...findingsOf(text, disguised, builder, errors));
  return { value: errors.every(isHarmless) ? builder.root : undefined, diagnostics };
}

function withoutByteOrderMark(source: SourceText, diagnostics: Diagnostic[]): SourceText {
  if (!source.text.startsWith('\uFEFF')) return source;
  const text = new SourceText(source.name, source.text.slice(1));
  diagnostics.push(
    diagnose(kinds.byteOrderMark, {
      message: 'The file starts with a byte order mark, which some tools refuse; save it as UTF-8 without one.',
      span: { source: text, offset: 0, length: 0 },
      fix: {
        title: 'Remove the byte order mark.',
        reach: 'text',
        edits: [{ file: text.name, offset: -1, length: 1, text: '' }],
      },
    }),
  );
  return text;
}

interface LocatedError extends ParseError {
  /** Where the value before it ended. */
  readonly after: number;
}

function visitJson(text: string, builder: JsonTreeBuilder): LocatedError[] {
  const errors: LocatedError[] = [];
  visit(
    text,
    {
      onObjectBegin: (offset) => builder.beginObject(offset),
      onObjectProperty: (key, offset, length) => builder.key(key, offset, length),
      onObjectEnd: (offset) => builder.end(offset),
      onArrayBegin: (offset) => builder.beginArray(offset),
      onArrayEnd: (offset) => builder.end(offset),
      onLiteralValue: (value: unknown, offset, length) => builder.literal(value, offset, length),
      onSeparator: (character, offset) => builder.separator(character, offset),
      onError: (error, offset, length) => errors.push({ error, offset, length, after: builder.lastEnd }),
    },
    { allowTrailingComma: true },
  );
  return errors;
}

/** A forgotten comma leaves no doubt about what was meant; Azure refuses it, but the rest can still be looked at. */
function isHarmless({ error }: ParseError): boolean {
  return nameOf(error) === 'CommaExpected';
}

function nameOf(error: ParseErrorCode): string {
  return printParseErrorCode(error);
}

function findingsOf(
  source: SourceText,
  disguised: DisguisedText,
  builder: JsonTreeBuilder,
  errors: readonly LocatedError[],
): Diagnostic[] {
  const forgotten = (error: LocatedError) => syntaxFinding(source, error, insertComma(source, error));
  const first = firstError(source, disguised, errors);
  if (first !== undefined) {
    return [...certainCommas(source, errors, first).map(forgotten), syntaxFinding(source, first)];
  }
  return [
    ...errors.map(forgotten),
    ...builder.findings,
    ...controlCharacterFindings(source, disguised.offsets),
    ...blankFindings(source, disguised.blanks),
  ];
}

/** The commas that were forgotten on lines before the one on which reading ends. What follows there is guesswork. */
function certainCommas(source: SourceText, errors: readonly LocatedError[], last: ParseError): readonly LocatedError[] {
  const { line } = source.positionAt(last.offset);
  const harmful = errors.findIndex((error) => !isHarmless(error));
  return errors.slice(0, harmful).filter(({ offset }) => source.positionAt(offset).line < line);
}

/**
 * The first error that ends the reading, looked for in the text as written: when a closing quote is missing, the string seems to go on for
 * lines, and only without the disguise is the error found where it was made.
 */
function firstError(
  source: SourceText,
  disguised: DisguisedText,
  errors: readonly ParseError[],
): ParseError | undefined {
  const first = errors.find((error) => !isHarmless(error));
  if (first === undefined || disguised.offsets.length === 0) return first;
  const found = visitJson(source.text, new JsonTreeBuilder(source, (value) => value));
  const plain = found.find((error) => !isHarmless(error));
  return plain !== undefined && plain.offset < first.offset ? plain : first;
}

function insertComma({ name }: SourceText, { after }: LocatedError): Fix {
  return { title: 'Insert the comma.', reach: 'text', edits: [{ file: name, offset: after, length: 0, text: ',' }] };
}

function syntaxFinding(source: SourceText, error: ParseError, fix?: Fix): Diagnostic {
  const span: Span = { source, offset: error.offset, length: error.length };
  const { line, column } = source.positionAt(error.offset);
  const reason = syntaxErrorText(nameOf(error.error), source.text.slice(error.offset, error.offset + error.length));
  return diagnose(kinds.invalidJson, {
    message: `Deployment template parse failed: '${reason} Line ${line}, position ${column}.'.`,
    span,
    fix,
  });
}

function controlCharacterFindings(source: SourceText, offsets: readonly number[]): Diagnostic[] {
  const findings: Diagnostic[] = [];
  let lastLine = 0;
  for (const offset of offsets) {
    const { line } = source.positionAt(offset);
    if (line === lastLine) continue;
    lastLine = line;
    findings.push(
      diagnose(kinds.rawControlCharacter, {
        message: `A string contains a raw ${nameOfControl(source.text.charCodeAt(offset))}; Azure CLI and PowerShell accept that, the portal and the REST API do not.`,
        span: { source, offset, length: 1 },
      }),
    );
  }
  return findings;
}

function blankFindings(source: SourceText, [first, ...others]: readonly number[]): Diagnostic[] {
  if (first === undefined) return [];
  const code = source.text.charCodeAt(first).toString(16).padStart(4, '0').toUpperCase();
  const more = others.length === 0 ? '' : `, and ${others.length} more`;
  return [
    diagnose(kinds.unusualWhiteSpace, {
      message: `White space of an unusual kind (U+${code}${more}) stands between tokens; strict JSON readers refuse it.`,
      span: { source, offset: first, length: 1 },
      fix: {
        title: 'Write plain blanks.',
        reach: 'text',
        edits: [first, ...others].map((offset) => ({ file: source.name, offset, length: 1, text: ' ' })),
      },
    }),
  ];
}

function nameOfControl(code: number): string {
  if (code === 0x0a || code === 0x0d) return 'line break';
  return code === 0x09 ? 'tab' : `control character (${code})`;
}
