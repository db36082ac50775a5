import type { RequestDescription } from '../../observability/describe-request.ts';
import type { Pulse } from '../traffic-pulse.ts';

/** How many seconds the charts show. */
export const secondsShown = 120;

export const statusGroups = ['2xx', '3xx', '4xx', '5xx'] as const;

/** What one second brought. */
export interface Second {
  /** Seconds since 1970-01-01 UTC. */
  readonly time: number;
  readonly count: number;
  readonly statuses: Readonly<Record<string, number>>;
  /** Of all its requests together, and of the slowest. */
  readonly milliseconds: { readonly sum: number; readonly maximum: number };
}

type Moment = Pick<Pulse, 'count' | 'statuses' | 'milliseconds'>;

/** What is known of the time before the page was opened. */
export function historyOf(newestFirst: readonly RequestDescription[]): readonly Second[] {
  let history: readonly Second[] = [];
  for (const { time, status, milliseconds } of newestFirst.toReversed()) {
    const end = Math.floor((Date.parse(time) + milliseconds) / 1000);
    // They are listed by their ends, which are told less exactly than seconds are.
    const second = Math.max(end, history.at(-1)?.time ?? 0);
    const statuses = { [`${Math.floor(status / 100)}xx`]: 1 };
    history = addPulse(history, second, {
      count: 1,
      statuses,
      milliseconds: { average: milliseconds, maximum: milliseconds },
    });
  }
  return history;
}

/** Adds a moment of traffic to the second it belongs to. The oldest come first. */
export function addPulse(history: readonly Second[], time: number, pulse: Moment): readonly Second[] {
  const last = history.at(-1);
  const known = last?.time === time ? last : undefined;
  const statuses = { ...known?.statuses };
  for (const [group, count] of Object.entries(pulse.statuses)) statuses[group] = (statuses[group] ?? 0) + count;
  const second: Second = {
    time,
    count: (known?.count ?? 0) + pulse.count,
    statuses,
    milliseconds: {
      sum: (known?.milliseconds.sum ?? 0) + pulse.milliseconds.average * pulse.count,
      maximum: Math.max(known?.milliseconds.maximum ?? 0, pulse.milliseconds.maximum),
    },
  };
  const before = known === undefined ? history : history.slice(0, -1);
  return [...before.filter((each) => each.time > time - secondsShown), second];
}

/** Columns of a chart: a value for each second up to now, 0 where nothing came and null where nothing was measured. */
export function chartColumns(history: readonly Second[], now: number) {
  const bySecond = new Map(history.map((second) => [second.time, second]));
  const times = Array.from({ length: secondsShown }, (_, index) => now - secondsShown + 1 + index);
  const column = <T>(figure: (second: Second | undefined) => T) => times.map((time) => figure(bySecond.get(time)));
  return {
    times,
    statuses: statusGroups.map((group) => column((second) => second?.statuses[group] ?? 0)),
    average: column((second) => (second === undefined ? null : second.milliseconds.sum / second.count)),
    maximum: column((second) => second?.milliseconds.maximum ?? null),
  };
}
