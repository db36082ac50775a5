import { isInRange, type Ticks, ticksOfParts, ticksPerSecond } from './date-time.ts';

/** How a date was written, which decides how `dateTimeAdd` writes its result. */
export type DateStyle = 'iso' | 'other';

export interface ParsedDateTime {
  readonly ticks: Ticks;
  readonly style: DateStyle;
}

const isoTime = String.raw`(?<hour>\d\d):(?<minute>\d\d)(?::(?<second>\d\d)(?:[.,](?<fraction>\d{1,7})\d*)?)?`;
const zone = String.raw`\s*(?<zone>Z|GMT|UTC|[+-]\d\d(?::?\d\d)?)?`;
const isoDate = String.raw`(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)`;

const iso: readonly RegExp[] = [
  new RegExp(`^${isoDate}(?:T${isoTime})?${zone}$`, 'i'),
  // The format in which `utcNow` writes.
  new RegExp(
    String.raw`^(?<year>\d{4})(?<month>\d\d)(?<day>\d\d)T(?<hour>\d\d)(?<minute>\d\d)(?<second>\d\d)${zone}$`,
    'i',
  ),
];

const other: readonly RegExp[] = [
  new RegExp(String.raw`^${isoDate}\s+${isoTime}${zone}$`, 'i'),
  new RegExp(
    String.raw`^(?<month>\d{1,2})/(?<day>\d{1,2})/(?<year>\d{4})(?:\s+(?<hour>\d{1,2}):(?<minute>\d\d)(?::(?<second>\d\d))?(?:\s*(?<half>AM|PM))?)?${zone}$`,
    'i',
  ),
  new RegExp(
    String.raw`^(?:[A-Z]{3},\s+)?(?<day>\d{1,2})\s+(?<monthName>[A-Z]{3})\s+(?<year>\d{4})\s+${isoTime}${zone}$`,
    'i',
  ),
];

const monthNames: readonly string[] = 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' ');

const longestText = 100;

/** Reads the forms in which templates hold dates: ISO 8601, and what `utcNow` and `dateTimeAdd` write. */
export function parseDateTime(text: string): ParsedDateTime | undefined {
  if (text.length > longestText) return undefined;
  const trimmed = text.trim();
  for (const [style, patterns] of [
    ['iso', iso],
    ['other', other],
  ] as const) {
    for (const pattern of patterns) {
      const groups = pattern.exec(trimmed)?.groups;
      if (groups === undefined) continue;
      const ticks = ticksOfGroups(groups);
      return ticks === undefined ? undefined : { ticks, style };
    }
  }
  return undefined;
}

function ticksOfGroups(groups: Readonly<Record<string, string | undefined>>): Ticks | undefined {
  const hour = hourOf(Number(groups['hour'] ?? 0), groups['half']);
  const local = ticksOfParts({
    year: Number(groups['year']),
    month: monthOf(groups),
    day: Number(groups['day']),
    hour,
    minute: Number(groups['minute'] ?? 0),
    second: Number(groups['second'] ?? 0),
    fraction: Number((groups['fraction'] ?? '').padEnd(7, '0')),
  });
  if (local === undefined) return undefined;
  const ticks = local - zoneOffset(groups['zone'] ?? 'Z');
  return isInRange(ticks) ? ticks : undefined;
}

function monthOf(groups: Readonly<Record<string, string | undefined>>): number {
  const name = groups['monthName'];
  return name === undefined ? Number(groups['month']) : monthNames.indexOf(name.toUpperCase()) + 1;
}

/** 12 AM is midnight, 12 PM noon; an hour above 12 with a half of the day does not exist. */
function hourOf(hour: number, half: string | undefined): number {
  if (half === undefined) return hour;
  if (hour < 1 || hour > 12) return -1;
  return (hour % 12) + (half.toUpperCase() === 'PM' ? 12 : 0);
}

function zoneOffset(text: string): Ticks {
  const [, sign, hours, minutes = '0'] = /^([+-])(\d\d):?(\d\d)?$/.exec(text) ?? [];
  if (sign === undefined) return 0n;
  const seconds = BigInt(Number(hours) * 3600 + Number(minutes) * 60);
  return (sign === '-' ? -seconds : seconds) * ticksPerSecond;
}
