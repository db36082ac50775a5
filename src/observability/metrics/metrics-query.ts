import { metricDefinitions } from './metric-definitions.ts';
import { minutesKept } from './series.ts';

/** What is asked of the metrics, in the terms of Azure Monitor's REST API. */
export interface MetricsQuery {
  /** In lower case; null for all. */
  readonly metricNames: readonly string[] | null;
  /** First minute and the one after the last. */
  readonly from: number;
  readonly until: number;
  /** Dimension in lower case to its value; `*` makes a time series for each value. */
  readonly filter: ReadonlyMap<string, string>;
}

export type ParsedQuery = { readonly query: MetricsQuery } | { readonly message: string };

/**
 * Reads `metricnames`, `timespan`, `interval` and `$filter`.
 * https://learn.microsoft.com/rest/api/monitor/metrics/list
 *
 * @param minute the current one
 */
export function parseMetricsQuery(parameters: URLSearchParams, minute: number): ParsedQuery {
  const interval = parameters.get('interval') ?? 'PT1M';
  if (interval !== 'PT1M') return { message: `interval is '${interval}'; allowed: 'PT1M'.` };
  const metricNames = parameters.get('metricnames')?.toLowerCase().split(',') ?? null;
  const unknown = metricNames?.find((name) => !metricDefinitions.some((known) => known.name.toLowerCase() === name));
  if (unknown !== undefined) {
    const known = metricDefinitions.map(({ name }) => name).join(', ');
    return { message: `metricnames has '${unknown}', which is not measured. Metrics: ${known}.` };
  }
  const timespan = parseTimespan(parameters.get('timespan'), minute);
  if (timespan === undefined) {
    return { message: `timespan is '${parameters.get('timespan')}'; it should be '<start>/<end>', both in ISO 8601.` };
  }
  const filter = parseFilter(parameters.get('$filter'));
  if (filter === undefined) {
    return { message: `$filter is '${parameters.get('$filter')}'; it should be as "Listener eq '*'", joined by and.` };
  }
  return { query: { metricNames, ...timespan, filter } };
}

function parseTimespan(text: string | null, minute: number): { from: number; until: number } | undefined {
  if (text === null) return { from: minute + 1 - minutesKept, until: minute + 1 };
  const [from, until, more] = text.split('/').map((moment) => Date.parse(moment) / 60_000);
  if (from === undefined || until === undefined || more !== undefined) return undefined;
  if (Number.isNaN(from) || Number.isNaN(until) || from > until) return undefined;
  // What lies outside of what is known is empty; asking for years must not build years.
  return {
    from: Math.max(Math.floor(from), minute + 1 - minutesKept),
    until: Math.min(Math.ceil(until), minute + 1),
  };
}

function parseFilter(text: string | null): ReadonlyMap<string, string> | undefined {
  const filter = new Map<string, string>();
  if (text === null || text.trim() === '') return filter;
  for (const part of text.split(/\s+and\s+/i)) {
    const [, dimension, value] = /^\s*(\w+)\s+eq\s+'([^']*)'\s*$/i.exec(part) ?? [];
    if (dimension === undefined || value === undefined) return undefined;
    filter.set(dimension.toLowerCase(), value);
  }
  return filter;
}
