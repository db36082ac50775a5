import { addMonths, isInRange, type Ticks, ticksPerSecond } from './date-time.ts';

/** An ISO 8601 duration: months are of unequal length, so they are kept apart from the rest. */
export interface Duration {
  readonly months: number;
  readonly ticks: Ticks;
}

const pattern =
  /^(?<sign>-)?P(?=\d|T\d)(?:(?<years>\d{1,9})Y)?(?:(?<months>\d{1,9})M)?(?:(?<weeks>\d{1,9})W)?(?:(?<days>\d{1,9})D)?(?:T(?=\d)(?:(?<hours>\d{1,9})H)?(?:(?<minutes>\d{1,9})M)?(?:(?<seconds>\d{1,9})(?:[.,](?<fraction>\d{1,7})\d*)?S)?)?$/;

/** Reads `[-]PnYnMnWnDTnHnMnS`; undefined for anything else. */
export function parseDuration(text: string): Duration | undefined {
  const groups = pattern.exec(text)?.groups;
  if (groups === undefined) return undefined;
  const count = (name: string): bigint => BigInt(groups[name] ?? 0);
  const days = count('weeks') * 7n + count('days');
  const seconds = ((days * 24n + count('hours')) * 60n + count('minutes')) * 60n + count('seconds');
  const ticks = seconds * ticksPerSecond + BigInt((groups['fraction'] ?? '').padEnd(7, '0'));
  const months = Number(count('years') * 12n + count('months'));
  return groups['sign'] === undefined ? { months, ticks } : { months: -months, ticks: -ticks };
}

/** Undefined when the result is no date any more. */
export function addDuration(base: Ticks, { months, ticks }: Duration): Ticks | undefined {
  const moved = addMonths(base, months);
  return moved !== undefined && isInRange(moved + ticks) ? moved + ticks : undefined;
}
