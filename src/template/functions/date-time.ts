/** A point in time in UTC, as .NET counts it: in ticks of 100 nanoseconds, here from 1970. */
export type Ticks = bigint;

export const ticksPerSecond = 10_000_000n;
const ticksPerMillisecond = 10_000n;

/** .NET's dates go from the year 1 to the year 9999. */
const earliest = ticksOfUtc(1, 1, 1, 0, 0, 0);
const latest = ticksOfUtc(9999, 12, 31, 23, 59, 59) + ticksPerSecond - 1n;

export function isInRange(ticks: Ticks): boolean {
  return ticks >= earliest && ticks <= latest;
}

function ticksOfUtc(year: number, month: number, day: number, hour: number, minute: number, second: number): Ticks {
  const date = new Date(0);
  // `Date.UTC` takes the years 0 to 99 for 1900 to 1999.
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second);
  return BigInt(date.getTime()) * ticksPerMillisecond;
}

export function ticksOfMilliseconds(milliseconds: number): Ticks {
  return BigInt(Math.trunc(milliseconds)) * ticksPerMillisecond;
}

/** A date and time taken apart. */
export interface DateParts {
  readonly year: number;
  /** From 1. */
  readonly month: number;
  readonly day: number;
  /** 0 is Sunday. */
  readonly weekday: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** Ticks within the second, 0 to 9999999. */
  readonly fraction: number;
}

export function partsOf(ticks: Ticks): DateParts {
  const fraction = ((ticks % ticksPerSecond) + ticksPerSecond) % ticksPerSecond;
  const date = new Date(Number((ticks - fraction) / ticksPerMillisecond));
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    weekday: date.getUTCDay(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    fraction: Number(fraction),
  };
}

/** Undefined when there is no such day or time of day. */
export function ticksOfParts(parts: Omit<DateParts, 'weekday'>): Ticks | undefined {
  const { year, month, day, hour, minute, second, fraction } = parts;
  const ticks = ticksOfUtc(year, month, day, hour, minute, second) + BigInt(fraction);
  const back = partsOf(ticks);
  const names = ['year', 'month', 'day', 'hour', 'minute', 'second', 'fraction'] as const;
  return names.every((name) => back[name] === parts[name]) ? ticks : undefined;
}

/** Moves by whole months; a day that the month does not have becomes its last one. */
export function addMonths(ticks: Ticks, months: number): Ticks | undefined {
  const parts = partsOf(ticks);
  const index = parts.year * 12 + parts.month - 1 + months;
  const year = Math.floor(index / 12);
  const month = index - year * 12 + 1;
  if (year < 1 || year > 9999) return undefined;
  return ticksOfParts({ ...parts, year, month, day: Math.min(parts.day, daysIn(year, month)) });
}

function daysIn(year: number, month: number): number {
  const lastDay = new Date(0);
  lastDay.setUTCFullYear(year, month, 0);
  return lastDay.getUTCDate();
}
