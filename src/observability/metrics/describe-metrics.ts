import type { GatewayMetrics } from './gateway-metrics.ts';
import { type MetricDefinition, type MetricName, metricDefinitions } from './metric-definitions.ts';
import type { MetricsQuery } from './metrics-query.ts';
import type { MinuteValues, Series } from './series.ts';

/** What Azure Monitor answers. https://learn.microsoft.com/rest/api/monitor/metrics/list */
export interface MetricsDescription {
  readonly cost: 0;
  readonly timespan: string;
  readonly interval: 'PT1M';
  readonly value: readonly MetricDescription[];
  readonly namespace: 'Microsoft.Network/applicationGateways';
  readonly resourceregion: string;
}

interface MetricDescription {
  readonly id: string;
  readonly type: 'Microsoft.Insights/metrics';
  readonly name: LocalizableString;
  readonly displayDescription: string;
  readonly unit: MetricDefinition['unit'];
  readonly timeseries: readonly TimeSeries[];
  readonly errorCode: 'Success';
}

interface TimeSeries {
  readonly metadatavalues: readonly { readonly name: LocalizableString; readonly value: string }[];
  readonly data: readonly DataPoint[];
}

interface LocalizableString {
  readonly value: string;
  readonly localizedValue: string;
}

/** Of a minute in which nothing was measured only the time is told. */
interface DataPoint {
  readonly timeStamp: string;
  readonly total?: number;
  readonly average?: number;
  readonly maximum?: number;
}

/** The metrics that were asked for, as Azure Monitor would answer for a gateway in Azure. */
export function describeMetrics(metrics: GatewayMetrics, query: MetricsQuery): MetricsDescription {
  const { id, location, sku } = metrics.gateway;
  const wanted = metricDefinitions.filter(
    ({ name, generations }) =>
      generations.includes(sku.generation) && (query.metricNames?.includes(name.toLowerCase()) ?? true),
  );
  return {
    cost: 0,
    timespan: `${timeOf(query.from)}/${timeOf(query.until)}`,
    interval: 'PT1M',
    value: wanted.map((definition) => describeMetric(definition, metrics, query, id)),
    namespace: 'Microsoft.Network/applicationGateways',
    resourceregion: location ?? '',
  };
}

function describeMetric(
  definition: MetricDefinition & { readonly name: MetricName },
  metrics: GatewayMetrics,
  query: MetricsQuery,
  gatewayId: string,
): MetricDescription {
  const { name, displayName, description, unit } = definition;
  return {
    id: `${gatewayId}/providers/Microsoft.Insights/metrics/${name}`,
    type: 'Microsoft.Insights/metrics',
    name: { value: name, localizedValue: displayName },
    displayDescription: description,
    unit,
    timeseries: groupSeries(definition, metrics.all(name), query).map(({ split, series }) => ({
      metadatavalues: split.map(([dimension, value]) => ({
        name: { value: dimension.toLowerCase(), localizedValue: dimension },
        value,
      })),
      data: listMinutes(query).map((minute) => describeMinute(definition, series, minute)),
    })),
    errorCode: 'Success',
  };
}

interface SeriesGroup {
  /** Dimension and value, for each dimension that the filter names. */
  readonly split: readonly (readonly [dimension: string, value: string])[];
  readonly series: Series[];
}

/** One group for all, unless the filter asks for dimensions. */
function groupSeries(
  { dimensions }: MetricDefinition,
  all: readonly Series[],
  { filter }: MetricsQuery,
): readonly SeriesGroup[] {
  const groups = new Map<string, SeriesGroup>();
  for (const series of all) {
    const split = dimensions
      .map((dimension, index) => [dimension, series.dimensions[index] ?? ''] as const)
      .filter(([dimension]) => filter.has(dimension.toLowerCase()));
    const isMeant = split.every(([dimension, value]) => isAsked(filter.get(dimension.toLowerCase()), value));
    if (!isMeant) continue;
    const key = split.map(([, value]) => value).join('\n');
    const group = groups.get(key) ?? { split, series: [] };
    group.series.push(series);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function isAsked(asked: string | undefined, value: string): boolean {
  return asked === '*' || asked?.toLowerCase() === value.toLowerCase();
}

function describeMinute({ kind, aggregations }: MetricDefinition, all: readonly Series[], minute: number): DataPoint {
  const found = all
    .map((series) => (kind === 'level' ? series.levelAt(minute) : series.at(minute)))
    .filter((values) => values !== undefined);
  const timeStamp = timeOf(minute);
  if (found.length === 0) return { timeStamp };
  const figures = { Total: totalOf(kind, found), Average: averageOf(kind, found), Maximum: maximumOf(found) };
  return {
    timeStamp,
    ...Object.fromEntries(aggregations.map((name) => [name.toLowerCase(), figures[name]])),
  };
}

function totalOf(kind: MetricDefinition['kind'], found: readonly MinuteValues[]): number {
  return kind === 'level' ? add(found, ({ maximum }) => maximum) : add(found, ({ sum }) => sum);
}

function averageOf(kind: MetricDefinition['kind'], found: readonly MinuteValues[]): number {
  const sum = add(found, (values) => values.sum);
  if (kind === 'rate') return sum / 60;
  if (kind === 'ratio') return sum;
  return sum / add(found, ({ count }) => count);
}

function maximumOf(found: readonly MinuteValues[]): number {
  return Math.max(...found.map(({ maximum }) => maximum));
}

function add(found: readonly MinuteValues[], figure: (values: MinuteValues) => number): number {
  return found.reduce((sum, values) => sum + figure(values), 0);
}

function listMinutes({ from, until }: MetricsQuery): readonly number[] {
  return Array.from({ length: Math.max(0, until - from) }, (_, index) => from + index);
}

function timeOf(minute: number): string {
  return new Date(minute * 60_000).toISOString().replace('.000', '');
}
