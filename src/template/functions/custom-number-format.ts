import { type Decimal, fractionDigits, integerDigits, roundTo, roundToSignificant, shift } from './decimal.ts';

type Token =
  | { readonly kind: 'digit'; readonly isRequired: boolean }
  | { readonly kind: 'point' }
  | { readonly kind: 'comma' }
  | { readonly kind: 'exponent'; readonly letter: string; readonly plus: boolean; readonly width: number }
  | { readonly kind: 'scale'; readonly text: string; readonly places: number }
  | { readonly kind: 'literal'; readonly text: string };

/**
 * Writes a number by a custom .NET format such as `#,##0.00`.
 * https://learn.microsoft.com/dotnet/standard/base-types/custom-numeric-format-strings
 */
export function formatCustom(value: Decimal, format: string): string {
  const sections = splitSections(tokenise(format));
  const [first = [], second = [], third = []] = sections;
  const asZero = sections.length > 2 && isZeroBy(value, first);
  if (asZero) return layOut({ ...value, isNegative: false }, third);
  if (value.isNegative && second.length > 0) return layOut({ ...value, isNegative: false }, second);
  return layOut(value, first);
}

function isZeroBy(value: Decimal, tokens: readonly Token[]): boolean {
  return value.digits === '' || roundTo(scaled(value, tokens), shapeOf(tokens).fraction.length).digits === '';
}

const pattern =
  /\\(?<escaped>.)|'(?<single>[^']*)'?|"(?<double>[^"]*)"?|(?<exponent>[eE][+-]?0+)|(?<digit>[0#])|(?<point>\.)|(?<comma>,)|(?<section>;)|(?<scale>[%‰])|./gsu;

function tokenise(format: string): readonly (Token | 'section')[] {
  return Array.from(format.matchAll(pattern), ({ 0: text, groups = {} }): Token | 'section' => {
    if (groups['section'] !== undefined) return 'section';
    if (groups['digit'] !== undefined) return { kind: 'digit', isRequired: text === '0' };
    if (groups['point'] !== undefined) return { kind: 'point' };
    if (groups['comma'] !== undefined) return { kind: 'comma' };
    if (groups['scale'] !== undefined) return { kind: 'scale', text, places: text === '%' ? 2 : 3 };
    if (groups['exponent'] !== undefined) {
      const width = text.replace(/[^0]/g, '').length;
      return { kind: 'exponent', letter: text.charAt(0), plus: text.charAt(1) === '+', width };
    }
    return { kind: 'literal', text: groups['escaped'] ?? groups['single'] ?? groups['double'] ?? text };
  });
}

function splitSections(tokens: readonly (Token | 'section')[]): readonly (readonly Token[])[] {
  const sections: Token[][] = [[]];
  for (const token of tokens) {
    if (token === 'section') sections.push([]);
    else sections.at(-1)?.push(token);
  }
  return sections;
}

interface Shape {
  /** Whether each place before and behind the point must be filled. */
  readonly integer: readonly boolean[];
  readonly fraction: readonly boolean[];
  readonly isGrouped: boolean;
  /** Each comma right before the point divides by a thousand. */
  readonly thousands: number;
}

function shapeOf(tokens: readonly Token[]): Shape {
  const point = tokens.findIndex((token) => token.kind === 'point');
  const before = point === -1 ? tokens : tokens.slice(0, point);
  const lastDigit = before.findLastIndex((token) => token.kind === 'digit');
  const firstDigit = before.findIndex((token) => token.kind === 'digit');
  const commas = before.flatMap((token, index) => (token.kind === 'comma' ? [index] : []));
  return {
    integer: requiredPlaces(before),
    fraction: point === -1 ? [] : requiredPlaces(tokens.slice(point)),
    isGrouped: commas.some((index) => index > firstDigit && index < lastDigit && firstDigit !== -1),
    thousands: lastDigit === -1 ? 0 : commas.filter((index) => index > lastDigit).length,
  };
}

function requiredPlaces(tokens: readonly Token[]): readonly boolean[] {
  return tokens.flatMap((token) => (token.kind === 'digit' ? [token.isRequired] : []));
}

function scaled(value: Decimal, tokens: readonly Token[]): Decimal {
  const places = tokens.reduce((sum, token) => sum + (token.kind === 'scale' ? token.places : 0), 0);
  return shift(value, places - 3 * shapeOf(tokens).thousands);
}

function layOut(value: Decimal, tokens: readonly Token[]): string {
  const shape = shapeOf(tokens);
  const hasExponent = tokens.some((token) => token.kind === 'exponent');
  const places = shape.integer.length + shape.fraction.length;
  const number = scaled(value, tokens);
  const significant = hasExponent ? roundToSignificant(number, places) : number;
  const exponent = hasExponent && significant.digits !== '' ? significant.point - shape.integer.length : 0;
  const rounded = roundTo(shift(significant, -exponent), shape.fraction.length);
  const text = new Layout(rounded, shape, exponent).render(tokens);
  return value.isNegative && rounded.digits !== '' ? `-${text}` : text;
}

/** Fills the places of a format from left to right. */
class Layout {
  readonly #integer: string;
  readonly #fraction: string;
  readonly #shape: Shape;
  readonly #exponent: number;
  #place = 0;

  constructor(rounded: Decimal, shape: Shape, exponent: number) {
    const firstRequired = shape.integer.indexOf(true);
    const minimumInteger = firstRequired === -1 ? 0 : shape.integer.length - firstRequired;
    this.#integer = integerDigits(rounded).padStart(minimumInteger, '0');
    this.#fraction = fractionDigits(rounded).padEnd(shape.fraction.lastIndexOf(true) + 1, '0');
    this.#shape = shape;
    this.#exponent = exponent;
  }

  render(tokens: readonly Token[]): string {
    let seenPoint = false;
    return tokens.reduce((text, token) => {
      if (token.kind !== 'point') return text + this.#token(token);
      const point = !seenPoint && this.#fraction !== '' ? '.' : '';
      seenPoint = true;
      return text + point;
    }, '');
  }

  #token(token: Exclude<Token, { kind: 'point' }>): string {
    switch (token.kind) {
      case 'literal':
      case 'scale':
        return token.text;
      case 'comma':
        return '';
      case 'digit':
        return this.#nextPlace();
      case 'exponent': {
        const sign = this.#exponent < 0 ? '-' : token.plus ? '+' : '';
        return `${token.letter}${sign}${String(Math.abs(this.#exponent)).padStart(token.width, '0')}`;
      }
    }
  }

  #nextPlace(): string {
    const place = this.#place;
    this.#place += 1;
    const places = this.#shape.integer.length;
    if (place >= places) return this.#fraction.charAt(place - places);
    // Digits for which the format has no place go in front of the first one.
    const remaining = places - place;
    const from = place === 0 ? 0 : this.#integer.length - remaining;
    const digits = this.#integer.slice(Math.max(from, 0), Math.max(this.#integer.length - remaining + 1, 0));
    return this.#shape.isGrouped ? this.#withCommas(digits, remaining - 1) : digits;
  }

  /** @param behind how many digits of the whole part follow */
  #withCommas(digits: string, behind: number): string {
    return Array.from(digits, (digit, index) => {
      const rest = digits.length - 1 - index + behind;
      return rest > 0 && rest % 3 === 0 ? `${digit},` : digit;
    }).join('');
  }
}
