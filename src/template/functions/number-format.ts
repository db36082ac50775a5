import { TemplateFault } from '../template-fault.ts';
import { formatCustom } from './custom-number-format.ts';
import {
  type Decimal,
  decimalOf,
  fractionDigits,
  integerDigits,
  roundTo,
  roundToSignificant,
  shift,
} from './decimal.ts';
import { checkTextLength } from './limits.ts';

/**
 * Writes a number by a .NET format string of the invariant culture, as `format('{0:N0}', …)` does.
 * https://learn.microsoft.com/dotnet/standard/base-types/standard-numeric-format-strings
 */
export function formatNumber(value: bigint | number, format: string): string {
  if (typeof value === 'number' && !Number.isFinite(value)) return doubleText(value);
  const standard = /^([A-Za-z])(\d{0,9})$/.exec(format);
  if (standard === null) return formatCustom(decimalOf(value), format);
  const [, letter = '', digits = ''] = standard;
  const precision = digits === '' ? undefined : Number(digits);
  checkTextLength('format', precision ?? 0);
  return formatStandard(value, letter, precision);
}

function formatStandard(value: bigint | number, letter: string, precision: number | undefined): string {
  const decimal = decimalOf(value);
  switch (letter.toUpperCase()) {
    case 'D':
      return wholeNumber(value, 10, precision);
    case 'X':
      return letter === 'X' ? wholeNumber(value, 16, precision).toUpperCase() : wholeNumber(value, 16, precision);
    case 'B':
      return wholeNumber(value, 2, precision);
    case 'F':
      return signed(decimal, fixed(decimal, precision ?? 2));
    case 'N':
      return signed(decimal, grouped(decimal, precision ?? 2));
    case 'P':
      return signed(decimal, `${grouped(shift(decimal, 2), precision ?? 2)} %`);
    case 'C': {
      const amount = `¤${grouped(decimal, precision ?? 2)}`;
      return decimal.isNegative ? `(${amount})` : amount;
    }
    case 'E':
      return signed(decimal, scientific(decimal, precision ?? 6, letter, 3));
    case 'G':
      return general(value, precision ?? 0, letter === 'g' ? 'e' : 'E');
    case 'R':
      if (typeof value === 'number') return doubleText(value);
  }
  throw invalidFormat('Format specifier was invalid.');
}

/** The fault of a format that .NET refuses. */
export function invalidFormat(reason: string): TemplateFault {
  return new TemplateFault(
    `Unable to evaluate language function 'format': the format is invalid: '${reason}'. Please see https://aka.ms/arm-function-format for usage details.`,
  );
}

function wholeNumber(value: bigint | number, radix: 2 | 10 | 16, precision = 0): string {
  if (typeof value === 'number') throw invalidFormat('Format specifier was invalid.');
  if (radix !== 10) return BigInt.asUintN(64, value).toString(radix).padStart(precision, '0');
  const digits = (value < 0n ? -value : value).toString().padStart(precision, '0');
  return value < 0n ? `-${digits}` : digits;
}

function signed({ isNegative }: Decimal, text: string): string {
  return isNegative ? `-${text}` : text;
}

function fixed(decimal: Decimal, precision: number): string {
  const rounded = roundTo(decimal, precision);
  return (integerDigits(rounded) || '0') + fractionOf(rounded, precision);
}

function grouped(decimal: Decimal, precision: number): string {
  const rounded = roundTo(decimal, precision);
  return groupThousands(integerDigits(rounded) || '0') + fractionOf(rounded, precision);
}

function fractionOf(rounded: Decimal, precision: number): string {
  return precision === 0 ? '' : `.${fractionDigits(rounded).padEnd(precision, '0')}`;
}

/** `1234567` → `1,234,567`. */
export function groupThousands(digits: string): string {
  return digits.replace(/\B(?=(?:\d{3})+$)/g, ',');
}

function scientific(decimal: Decimal, precision: number, letter: string, exponentWidth: number): string {
  const rounded = roundToSignificant(decimal, precision + 1);
  const digits = rounded.digits.padEnd(precision + 1, '0');
  const fraction = precision === 0 ? '' : `.${digits.slice(1)}`;
  return digits.charAt(0) + fraction + exponentText(rounded, letter, exponentWidth);
}

function exponentText({ digits, point }: Decimal, letter: string, width: number): string {
  const exponent = digits === '' ? 0 : point - 1;
  return `${letter}${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(width, '0')}`;
}

function general(value: bigint | number, precision: number, letter: string): string {
  if (precision === 0) return typeof value === 'bigint' ? value.toString() : doubleText(value);
  const rounded = roundToSignificant(decimalOf(value), precision);
  return signed(rounded, shortest(rounded, precision, letter));
}

/** Plain notation while the exponent lies above -5 and below the limit, otherwise `1.5E+20`. */
function shortest(decimal: Decimal, limit: number, letter: string): string {
  if (decimal.digits === '') return '0';
  if (decimal.point > -4 && decimal.point <= limit) {
    const fraction = fractionDigits(decimal);
    return (integerDigits(decimal) || '0') + (fraction === '' ? '' : `.${fraction}`);
  }
  const mantissa = decimal.digits.length === 1 ? decimal.digits : `${decimal.digits[0]}.${decimal.digits.slice(1)}`;
  return mantissa + exponentText(decimal, letter, 2);
}

/** A floating-point number as .NET writes it without a format. */
export function doubleText(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const decimal = decimalOf(value);
  return signed(decimal, shortest(decimal, 15, 'E'));
}
