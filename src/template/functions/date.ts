import { TemplateFault } from '../template-fault.ts';
import { formatDateTime } from './date-format.ts';
import { isInRange, type Ticks, ticksOfMilliseconds, ticksPerSecond } from './date-time.ts';
import { defineFunction, type TemplateFunction } from './define-function.ts';
import { addDuration, parseDuration } from './iso-duration.ts';
import { checkTextLength } from './limits.ts';
import { type DateStyle, type ParsedDateTime, parseDateTime } from './parse-date-time.ts';

const defaultUtcNowFormat = "yyyyMMdd'T'HHmmss'Z'";
const isoFormat = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'";
// The service's own culture is American English, which shows where no format is given.
const americanFormat = 'M/d/yyyy h:mm:ss tt';

const utcNow = defineFunction({
  name: 'utcNow',
  family: 'date',
  description: 'The current time in UTC; for default values of parameters only.',
  parameters: [{ name: 'format', type: 'string', optional: true }],
  allowedIn: ['parameterDefault'],
  call: ([format = defaultUtcNowFormat], { evaluation }) =>
    write('utcNow', ticksOfMilliseconds(evaluation.clock.now()), format),
});

const dateTimeAdd = defineFunction({
  name: 'dateTimeAdd',
  family: 'date',
  description: 'Adds an ISO 8601 duration such as P1Y or -PT2H to a time.',
  parameters: [
    { name: 'base', type: 'string' },
    { name: 'duration', type: 'string' },
    { name: 'format', type: 'string', optional: true },
  ],
  call: ([baseText, durationText, format]) => {
    const { ticks, style } = requireDateTime('dateTimeAdd', baseText);
    const duration = parseDuration(durationText);
    if (duration === undefined) {
      throw invalidDate(
        'dateTimeAdd',
        `The second parameter '${durationText}' is not a valid ISO8601 Duration string.`,
      );
    }
    const sum = addDuration(ticks, duration);
    if (sum !== undefined) return write('dateTimeAdd', sum, format ?? formatOf(style));
    throw invalidDate('dateTimeAdd', `The second parameter '${durationText}' leads out of the years 1 to 9999.`);
  },
});

/** Without a format the result is written as the base was. */
function formatOf(style: DateStyle): string {
  return style === 'iso' ? isoFormat : americanFormat;
}

function write(functionName: string, ticks: Ticks, format: string): string {
  const text = formatDateTime(ticks, format, functionName);
  checkTextLength(functionName, text.length);
  return text;
}

const dateTimeFromEpoch = defineFunction({
  name: 'dateTimeFromEpoch',
  family: 'date',
  description: 'Writes seconds since 1970 as an ISO 8601 time.',
  parameters: [{ name: 'epochTime', type: 'int' }],
  call: ([seconds]) => {
    const ticks = seconds * ticksPerSecond;
    if (isInRange(ticks)) return formatDateTime(ticks, isoFormat, 'dateTimeFromEpoch');
    throw invalidDate('dateTimeFromEpoch', `The first parameter '${seconds}' leads out of the years 1 to 9999.`);
  },
});

const dateTimeToEpoch = defineFunction({
  name: 'dateTimeToEpoch',
  family: 'date',
  description: 'Makes seconds since 1970 of an ISO 8601 time.',
  parameters: [{ name: 'dateTime', type: 'string' }],
  call: ([text]) => {
    const { ticks } = requireDateTime('dateTimeToEpoch', text);
    const fraction = ((ticks % ticksPerSecond) + ticksPerSecond) % ticksPerSecond;
    return (ticks - fraction) / ticksPerSecond;
  },
});

function requireDateTime(functionName: string, text: string): ParsedDateTime {
  const parsed = parseDateTime(text);
  if (parsed !== undefined) return parsed;
  throw invalidDate(functionName, `The first parameter '${text}' is not a valid ISO8601 DateTime string.`);
}

function invalidDate(functionName: string, reason: string): TemplateFault {
  return new TemplateFault(
    `The template function '${functionName}' has an invalid parameter. ${reason} Please see https://aka.ms/arm-syntax-functions .`,
  );
}

export const dateFunctions: readonly TemplateFunction[] = [dateTimeAdd, dateTimeFromEpoch, dateTimeToEpoch, utcNow];
