import { Counter, Gauge, Registry } from 'prom-client';
import type { GatewayMetrics } from './gateway-metrics.ts';
import { type MetricDefinition, metricDefinitions } from './metric-definitions.ts';
import { durationBounds, type Series } from './series.ts';

export interface PrometheusText {
  readonly contentType: string;
  readonly text: string;
}

/**
 * Everything in Prometheus' text format. The registry is made anew each time it is asked for: metrics of prom-client
 * look their labels up at every value, which would cost the data path a microsecond each.
 */
export async function renderPrometheus(metrics: GatewayMetrics): Promise<PrometheusText> {
  const registry = new Registry();
  const { generation } = metrics.gateway.sku;
  for (const definition of metricDefinitions.filter(({ generations }) => generations.includes(generation))) {
    const describe = describeTo(registry, definition);
    addTo(describe, definition, metrics.all(definition.name), metrics.minute);
  }
  return { contentType: registry.contentType, text: await registry.metrics() };
}

interface Description {
  readonly name: string;
  readonly help: string;
  readonly labelNames: string[];
  readonly registers: Registry[];
}

type Describe = (suffix?: string, ...moreLabels: string[]) => Description;

function describeTo(registry: Registry, { name, description, dimensions }: MetricDefinition): Describe {
  return (suffix = '', ...moreLabels) => ({
    name: `${name}${suffix}`,
    help: description,
    labelNames: [...dimensions, ...moreLabels],
    registers: [registry],
  });
}

function addTo(describe: Describe, definition: MetricDefinition, all: readonly Series[], minute: number): void {
  switch (definition.kind) {
    case 'total': {
      const counter = new Counter(describe());
      for (const series of all) counter.inc(labelsOf(definition, series), series.sum);
      break;
    }
    case 'duration':
      addDurations(describe, definition, all);
      break;
    case 'level': {
      const gauge = new Gauge(describe());
      for (const series of all) gauge.set(labelsOf(definition, series), series.last);
      break;
    }
    case 'rate':
    case 'ratio': {
      // Of the last whole minute, for the current one has only begun.
      const gauge = new Gauge(describe());
      const seconds = definition.kind === 'rate' ? 60 : 1;
      for (const series of all) gauge.set(labelsOf(definition, series), (series.at(minute - 1)?.sum ?? 0) / seconds);
      break;
    }
    default:
      definition.kind satisfies never;
  }
}

/** The three parts of a histogram. */
function addDurations(describe: Describe, definition: MetricDefinition, all: readonly Series[]): void {
  const buckets = new Counter(describe('_bucket', 'le'));
  const sums = new Counter(describe('_sum'));
  const counts = new Counter(describe('_count'));
  for (const series of all) {
    const labels = labelsOf(definition, series);
    let below = 0;
    for (const [index, inClass] of (series.classes ?? []).entries()) {
      below += inClass;
      buckets.inc({ ...labels, le: String(durationBounds[index] ?? '+Inf') }, below);
    }
    sums.inc(labels, series.sum);
    counts.inc(labels, series.count);
  }
}

function labelsOf({ dimensions }: MetricDefinition, series: Series): Record<string, string> {
  return Object.fromEntries(dimensions.map((dimension, index) => [dimension, series.dimensions[index] ?? '']));
}
