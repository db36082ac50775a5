/** A number as its decimal digits: 0.`digits` × 10^`point`. Zero has no digits. */
export interface Decimal {
  readonly isNegative: boolean;
  /** Without zeros at either end. */
  readonly digits: string;
  readonly point: number;
}

export function decimalOf(value: bigint | number): Decimal {
  if (typeof value === 'bigint') {
    const text = (value < 0n ? -value : value).toString();
    return normalise(value < 0n, text, text.length);
  }
  const [mantissa = '', exponent = '0'] = Math.abs(value).toExponential().split('e');
  return normalise(value < 0 || Object.is(value, -0), mantissa.replace('.', ''), Number(exponent) + 1);
}

function normalise(isNegative: boolean, text: string, point: number): Decimal {
  const leadingZeros = /^0*/.exec(text)?.[0].length ?? 0;
  const digits = text.slice(leadingZeros).replace(/0+$/, '');
  return { isNegative, digits, point: digits === '' ? 0 : point - leadingZeros };
}

/** Multiplies by a power of ten. */
export function shift(decimal: Decimal, places: number): Decimal {
  return decimal.digits === '' ? decimal : { ...decimal, point: decimal.point + places };
}

/** Keeps so many digits behind the point, halves away from zero. */
export function roundTo(decimal: Decimal, fractionDigits: number): Decimal {
  const kept = decimal.point + fractionDigits;
  if (kept >= decimal.digits.length) return decimal;
  if (kept < 0) return { ...decimal, digits: '', point: 0 };
  const roundsUp = decimal.digits.charAt(kept) >= '5';
  if (!roundsUp) return normalise(decimal.isNegative, decimal.digits.slice(0, kept), decimal.point);
  const increased = (BigInt(decimal.digits.slice(0, kept) || '0') + 1n).toString();
  return normalise(decimal.isNegative, increased, decimal.point + increased.length - kept);
}

/** Keeps so many digits in all. */
export function roundToSignificant(decimal: Decimal, digits: number): Decimal {
  return roundTo(decimal, digits - decimal.point);
}

/** The digits before the point, without leading zeros: empty below one. */
export function integerDigits({ digits, point }: Decimal): string {
  return point <= 0 ? '' : digits.slice(0, point).padEnd(point, '0');
}

/** The digits behind the point, without trailing zeros. */
export function fractionDigits({ digits, point }: Decimal): string {
  return point >= 0 ? digits.slice(point) : '0'.repeat(-point) + digits;
}
