import { TemplateFault } from '../template-fault.ts';
import { type DateParts, partsOf, type Ticks } from './date-time.ts';

const weekdays = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');
const months = 'January February March April May June July August September October November December'.split(' ');

/** .NET's standard formats, in the invariant culture, as the custom formats they stand for. */
const standardFormats: Readonly<Record<string, string>> = {
  d: 'MM/dd/yyyy',
  D: 'dddd, dd MMMM yyyy',
  f: 'dddd, dd MMMM yyyy HH:mm',
  F: 'dddd, dd MMMM yyyy HH:mm:ss',
  U: 'dddd, dd MMMM yyyy HH:mm:ss',
  g: 'MM/dd/yyyy HH:mm',
  G: 'MM/dd/yyyy HH:mm:ss',
  m: 'MMMM dd',
  M: 'MMMM dd',
  o: "yyyy-MM-dd'T'HH:mm:ss.fffffffK",
  O: "yyyy-MM-dd'T'HH:mm:ss.fffffffK",
  r: "ddd, dd MMM yyyy HH:mm:ss 'GMT'",
  R: "ddd, dd MMM yyyy HH:mm:ss 'GMT'",
  s: "yyyy-MM-dd'T'HH:mm:ss",
  t: 'HH:mm',
  T: 'HH:mm:ss',
  u: "yyyy-MM-dd HH:mm:ss'Z'",
  y: 'yyyy MMMM',
  Y: 'yyyy MMMM',
};

/** A run of one letter, a quoted text, an escaped character, a `%` that makes a single letter a format, or another one. */
const token =
  /([dfFghHKmMstyz])\1*|'(?<single>[^']*)'|"(?<double>[^"]*)"|\\(?<escaped>.)|(?<lead>%)(?=[dfFghHKmMstyz])|(?<stray>['"\\%])|./gsu;

/**
 * Writes a time in UTC by a .NET format string of the invariant culture.
 * https://learn.microsoft.com/dotnet/standard/base-types/custom-date-and-time-format-strings
 */
export function formatDateTime(ticks: Ticks, format: string, functionName: string): string {
  const parts = partsOf(ticks);
  const custom = format.length === 1 ? standardFormat(format, functionName) : format;
  let text = '';
  for (const { 0: piece, 1: letter, groups = {} } of custom.matchAll(token)) {
    const literal = groups['single'] ?? groups['double'] ?? groups['escaped'];
    if (literal !== undefined) text += literal;
    else if (letter === 'F') text = withoutBarePoint(text, trimmedFraction(parts, piece.length, format, functionName));
    else if (letter !== undefined) text += render(parts, letter, piece.length, format, functionName);
    else if (groups['stray'] !== undefined) throw invalidFormat(format, functionName);
    else if (groups['lead'] === undefined) text += piece;
  }
  return text;
}

function standardFormat(format: string, functionName: string): string {
  const custom = Object.hasOwn(standardFormats, format) ? standardFormats[format] : undefined;
  if (custom === undefined) throw invalidFormat(format, functionName);
  return custom;
}

function invalidFormat(format: string, functionName: string): TemplateFault {
  return new TemplateFault(
    `The template function '${functionName}' has an invalid parameter. The format '${format}' is not a valid date and time format string. Please see https://aka.ms/arm-syntax-functions .`,
  );
}

function render(parts: DateParts, letter: string, length: number, format: string, functionName: string): string {
  switch (letter) {
    case 'd':
      return length > 2 ? nameOf(weekdays[parts.weekday], length) : padded(parts.day, length);
    case 'M':
      return length > 2 ? nameOf(months[parts.month - 1], length) : padded(parts.month, length);
    case 'y':
      return length > 2 ? padded(parts.year, length) : padded(parts.year % 100, length);
    case 'h':
      return padded(parts.hour % 12 || 12, Math.min(length, 2));
    case 'H':
      return padded(parts.hour, Math.min(length, 2));
    case 'm':
      return padded(parts.minute, Math.min(length, 2));
    case 's':
      return padded(parts.second, Math.min(length, 2));
    case 't':
      return (parts.hour < 12 ? 'AM' : 'PM').slice(0, length);
    case 'f':
      return fractionDigits(parts, length, format, functionName);
    case 'z':
      return length > 2 ? '+00:00' : `+${'0'.repeat(length)}`;
    case 'K':
      return 'Z'.repeat(length);
    case 'g':
      return 'A.D.';
    default:
      return letter.repeat(length);
  }
}

function nameOf(name: string | undefined, length: number): string {
  return (length === 3 ? name?.slice(0, 3) : name) ?? '';
}

function padded(value: number, length: number): string {
  return String(value).padStart(length, '0');
}

function fractionDigits(parts: DateParts, length: number, format: string, functionName: string): string {
  if (length > 7) throw invalidFormat(format, functionName);
  return padded(parts.fraction, 7).slice(0, length);
}

function trimmedFraction(parts: DateParts, length: number, format: string, functionName: string): string {
  return fractionDigits(parts, length, format, functionName).replace(/0+$/, '');
}

/** An `F` that writes nothing takes the point before it along. */
function withoutBarePoint(text: string, fraction: string): string {
  return fraction === '' && text.endsWith('.') ? text.slice(0, -1) : text + fraction;
}
