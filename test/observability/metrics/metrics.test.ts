import { describe, expect, test } from 'vitest';
import type { Clock } from '../../../src/base/clock.ts';
import type { Gateway } from '../../../src/gateway/model.ts';
import { EmulatorEvents } from '../../../src/observability/emulator-events.ts';
import { describeMetrics } from '../../../src/observability/metrics/describe-metrics.ts';
import { GatewayMetrics, type HostCount } from '../../../src/observability/metrics/gateway-metrics.ts';
import { metricDefinitions } from '../../../src/observability/metrics/metric-definitions.ts';
import { parseMetricsQuery } from '../../../src/observability/metrics/metrics-query.ts';
import { renderPrometheus } from '../../../src/observability/metrics/render-prometheus.ts';
import { Series } from '../../../src/observability/metrics/series.ts';
import { RequestRecord } from '../../../src/observability/request-record.ts';
import { compileRoutingTable } from '../../../src/routing/compile-routing-table.ts';
import { routeRequest } from '../../../src/routing/route-request.ts';
import { BackendServer } from '../../../src/runtime/backends/backend-server.ts';
import { makeGateway } from '../../routing/gateway-fixture.ts';
import { makeRequest } from '../../routing/request-fixture.ts';

const start = Date.parse('2026-05-04T10:00:00Z');
let now = start;
const clock: Clock = { now: () => now, elapsed: () => now, after: () => ({ dispose: () => undefined }) };

interface Setting {
  readonly events: EmulatorEvents;
  readonly metrics: GatewayMetrics;
  readonly gateway: Gateway;
  hosts: HostCount[];
}

function setUp(generation: 'v1' | 'v2' = 'v2'): Setting {
  now = start;
  const gateway = makeGateway({
    generation,
    listeners: [{ name: 'main' }],
    rules: [{ name: 'shop', pool: 'web' }],
    pools: { web: ['10.0.0.4'] },
  });
  const events = new EmulatorEvents();
  const hosts = [{ pool: 'web', settings: 'settings', healthy: 2, unhealthy: 1 }];
  const setting = { events, gateway, hosts };
  const watched = { gateway, hostCounts: () => setting.hosts };
  return Object.assign(setting, { metrics: new GatewayMetrics(events, watched, clock) });
}

/** A request that was answered by the pool's server, or by nobody. */
function record({ gateway }: Setting, status: number, milliseconds: number, failure: string | null = null) {
  const request = makeRequest({ url: 'http://contoso.com/' });
  const made = new RequestRecord(request, gateway, now, now);
  const table = compileRoutingTable(gateway);
  const [entryPoint] = table.entryPoints;
  if (entryPoint === undefined) throw new Error('There should be a listener.');
  made.route = routeRequest(entryPoint, table, request);
  const [pool] = gateway.backendAddressPools;
  const [settings] = gateway.backendHttpSettingsCollection;
  const member = pool?.members[0];
  if (pool === undefined || settings === undefined || member === undefined) throw new Error('There should be a pool.');
  const server = new BackendServer(
    pool,
    member,
    settings,
    { kind: 'down', protocol: 'http', host: '', port: 0 },
    {} as BackendServer['transport'],
  );
  const answered = failure === null;
  made.attempts.push({
    server,
    status: answered ? status : null,
    failure,
    startedAt: 1,
    connectedAt: 3,
    sourcePort: 40_000,
    headAt: answered ? 6 : null,
    endedAt: answered ? milliseconds - 1 : null,
  });
  made.status = status;
  made.totalMilliseconds = milliseconds;
  made.receivedBytes = 100;
  made.sentBytes = 600;
  return made;
}

/** The figures of a metric in the first minute, by its series' dimension values. */
function figures({ metrics }: Setting, name: string, filter = ''): unknown {
  const parameters = new URLSearchParams({ metricnames: name, $filter: filter });
  const parsed = parseMetricsQuery(parameters, Math.floor(start / 60_000));
  if ('message' in parsed) throw new Error(parsed.message);
  const [metric] = describeMetrics(metrics, parsed.query).value;
  return metric?.timeseries.map(({ metadatavalues, data }) => {
    const { timeStamp: _, ...values } = data.at(-1) ?? { timeStamp: '' };
    return { ...Object.fromEntries(metadatavalues.map(({ name, value }) => [name.localizedValue, value])), ...values };
  });
}

describe('requests', () => {
  // https://learn.microsoft.com/azure/application-gateway/monitor-application-gateway-reference#metrics
  test.each([
    ['ApplicationGatewayTotalTime', "Listener eq '*'", [{ Listener: 'main', average: 20, maximum: 30 }]],
    ['BackendConnectTime', "BackendServer eq '*'", [{ BackendServer: '10.0.0.4:80', average: 2, maximum: 2 }]],
    ['BackendFirstByteResponseTime', '', [{ average: 5, maximum: 5 }]],
    ['BackendLastByteResponseTime', "BackendPool eq 'WEB'", [{ BackendPool: 'web', average: 18, maximum: 28 }]],
    [
      'BackendResponseStatus',
      "HttpStatusGroup eq '*' and BackendHttpSetting eq 'settings'",
      [
        { BackendHttpSetting: 'settings', HttpStatusGroup: '2xx', total: 1 },
        { BackendHttpSetting: 'settings', HttpStatusGroup: '5xx', total: 1 },
      ],
    ],
    ['ResponseStatus', "HttpStatusGroup eq '5xx'", [{ HttpStatusGroup: '5xx', total: 1 }]],
    ['TotalRequests', "BackendSettingsPool eq 'web~settings'", [{ BackendSettingsPool: 'web~settings', total: 2 }]],
    ['FailedRequests', '', [{ total: 1 }]],
    [
      'AvgRequestCountPerHealthyHost',
      "BackendSettingsPool eq 'web~settings'",
      [{ BackendSettingsPool: 'web~settings', average: 1 }],
    ],
    ['BytesReceived', '', [{ total: 200 }]],
    ['BytesSent', "Listener eq 'main'", [{ Listener: 'main', total: 1200 }]],
    ['Throughput', '', [{ average: 20 }]],
    ['TlsProtocol', "TlsProtocol eq '*'", [{ TlsProtocol: 'None', total: 2 }]],
  ])('are counted in %s, filtered by "%s"', (name, filter, expected) => {
    const setting = setUp();
    setting.events.emit('request', record(setting, 200, 10));
    setting.events.emit('request', record(setting, 503, 30));
    expect(figures(setting, name, filter)).toEqual(expected);
  });

  test('count as failed on v1 when a server could not be reached, whatever the client got', () => {
    const setting = setUp('v1');
    setting.events.emit('request', record(setting, 503, 10));
    setting.events.emit('request', record(setting, 200, 10, 'connection refused'));
    expect(figures(setting, 'FailedRequests')).toEqual([{ total: 1 }]);
  });

  test('count in the minute in which they end', () => {
    const setting = setUp();
    setting.events.emit('request', record(setting, 200, 60_000));
    expect(figures(setting, 'BytesSent')).toEqual([{}]);
  });
});

describe('levels', () => {
  test('hold until they change', () => {
    const setting = setUp();
    setting.events.emit('connection', 'opened');
    setting.events.emit('connection', 'opened');
    setting.events.emit('connection', 'closed');
    expect(figures(setting, 'CurrentConnections')).toEqual([{ total: 2 }]);
    expect(figures(setting, 'NewConnectionsPerSecond')).toEqual([{ average: 2 / 60 }]);
    expect(figures(setting, 'HealthyHostCount')).toEqual([{ average: 2 }]);
    expect(setting.metrics.all('CurrentConnections')[0]?.levelAt(start / 60_000 + 5)).toMatchObject({ maximum: 1 });
  });

  test('are told of a minute as they were then, whatever came later', () => {
    const series = new Series([], false);
    series.add(1, 10);
    series.add(2, 10);
    series.add(5, 20);
    const levels = [9, 10, 15, 20, 25].map((minute) => series.levelAt(minute)?.maximum);
    expect(levels).toEqual([undefined, 2, 2, 5, 5]);
  });

  test('of a pool that a redeployment took away are zero', () => {
    const setting = setUp();
    setting.hosts = [{ pool: 'api', settings: 'settings', healthy: 1, unhealthy: 0 }];
    setting.events.emit('redeploy');
    const last = setting.metrics.all('HealthyHostCount').map(({ dimensions, last }) => [dimensions[0], last]);
    expect(Object.fromEntries(last)).toMatchObject({ 'web~settings': 0, 'api~settings': 1 });
  });
});

describe('a query', () => {
  const minute = Math.floor(start / 60_000);

  test.each([
    ['interval=PT5M', "interval is 'PT5M'; allowed: 'PT1M'."],
    [
      'metricnames=Total,CpuUtilization',
      /^metricnames has 'total', which is not measured\. Metrics: ApplicationGatewayTotalTime, /,
    ],
    ['timespan=2026', "timespan is '2026'; it should be '<start>/<end>', both in ISO 8601."],
    ['timespan=2026-05-04T10:00Z/2026-05-04T09:00Z', /^timespan is /],
    ['$filter=Listener', `$filter is 'Listener'; it should be as "Listener eq '*'", joined by and.`],
  ])('%s is refused', (text, message) => {
    const parsed = parseMetricsQuery(new URLSearchParams(text), minute);
    expect('message' in parsed && parsed.message).toEqual(
      typeof message === 'string' ? message : expect.stringMatching(message),
    );
  });

  test('for years gets the hour that is known', () => {
    const parsed = parseMetricsQuery(new URLSearchParams('timespan=2000-01-01T00:00Z/2100-01-01T00:00Z'), minute);
    expect(parsed).toMatchObject({ query: { from: minute - 59, until: minute + 1 } });
  });
});

test('Prometheus gets the same names and dimensions, and durations as histograms', async () => {
  const setting = setUp();
  setting.events.emit('request', record(setting, 200, 10));
  const { text, contentType } = await renderPrometheus(setting.metrics);
  expect(contentType).toContain('text/plain');
  for (const { name } of metricDefinitions) expect(text).toContain(`# HELP ${name}`);
  expect(text.split('\n')).toEqual(
    expect.arrayContaining([
      'TotalRequests{BackendSettingsPool="web~settings"} 1',
      'ResponseStatus{HttpStatusGroup="2xx"} 1',
      'HealthyHostCount{BackendSettingsPool="web~settings"} 2',
      'ApplicationGatewayTotalTime_bucket{Listener="main",le="5"} 0',
      'ApplicationGatewayTotalTime_bucket{Listener="main",le="10"} 1',
      'ApplicationGatewayTotalTime_bucket{Listener="main",le="+Inf"} 1',
      'ApplicationGatewayTotalTime_sum{Listener="main"} 10',
      'ApplicationGatewayTotalTime_count{Listener="main"} 1',
    ]),
  );
});

test('v1 has the metrics of v1 only', async () => {
  const { text } = await renderPrometheus(setUp('v1').metrics);
  expect(text).not.toContain('ApplicationGatewayTotalTime');
  expect(text).toContain('Throughput');
});

test('a series keeps an hour of minutes, and everything in its sums', () => {
  const series = new Series([], false);
  for (let minute = 0; minute < 100; minute++) series.add(1, minute);
  expect([series.at(39), series.at(40)?.sum, series.sum]).toEqual([undefined, 1, 100]);
});
