import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { metricDefinitions } from '../../../src/observability/metrics/metric-definitions.ts';

const ofServer = 'Listener, BackendServer, BackendPool, BackendHttpSetting';
const ofPool = 'BackendSettingsPool';

/**
 * Name, unit, aggregations and dimensions of every metric that can be known here.
 * https://learn.microsoft.com/azure/application-gateway/monitor-application-gateway-reference#metrics
 */
const known = [
  ['ApplicationGatewayTotalTime', 'MilliSeconds', 'Average, Maximum', 'Listener'],
  ['BackendConnectTime', 'MilliSeconds', 'Average, Maximum', ofServer],
  ['BackendFirstByteResponseTime', 'MilliSeconds', 'Average, Maximum', ofServer],
  ['BackendLastByteResponseTime', 'MilliSeconds', 'Average, Maximum', ofServer],
  ['BackendResponseStatus', 'Count', 'Total', 'BackendServer, BackendPool, BackendHttpSetting, HttpStatusGroup'],
  ['ResponseStatus', 'Count', 'Total', 'HttpStatusGroup'],
  ['TotalRequests', 'Count', 'Total', ofPool],
  ['FailedRequests', 'Count', 'Total', ofPool],
  ['AvgRequestCountPerHealthyHost', 'Count', 'Average', ofPool],
  ['HealthyHostCount', 'Count', 'Average', ofPool],
  ['UnhealthyHostCount', 'Count', 'Average', ofPool],
  ['BytesReceived', 'Bytes', 'Total', 'Listener'],
  ['BytesSent', 'Bytes', 'Total', 'Listener'],
  ['Throughput', 'BytesPerSecond', 'Average', ''],
  ['CurrentConnections', 'Count', 'Total', ''],
  ['NewConnectionsPerSecond', 'CountPerSecond', 'Average', ''],
  ['TlsProtocol', 'Count', 'Total', 'Listener, TlsProtocol'],
  ['FixedBillableCapacityUnits', 'Count', 'Average', ''],
];

const leftOut = [
  'ClientRtt',
  'CapacityUnits',
  'ComputeUnits',
  'EstimatedBilledCapacityUnits',
  'CpuUtilization',
  'MatchedCount',
  'BlockedCount',
  'Azwaf',
];

test('every metric has the unit, aggregations and dimensions that Azure gives it', () => {
  const defined = metricDefinitions.map(({ name, unit, aggregations, dimensions }) => [
    name,
    unit,
    aggregations.join(', '),
    dimensions.join(', '),
  ]);
  expect(defined).toEqual(known);
});

test('v1 has those that Azure has for v1', () => {
  const ofV1 = metricDefinitions.filter(({ generations }) => generations.includes('v1')).map(({ name }) => name);
  expect(ofV1).toEqual([
    'ResponseStatus',
    'TotalRequests',
    'FailedRequests',
    'HealthyHostCount',
    'UnhealthyHostCount',
    'Throughput',
    'CurrentConnections',
  ]);
});

test.each(leftOut)('%s is not measured, and the documentation says so', (name) => {
  expect(metricDefinitions.map((metric): string => metric.name)).not.toContain(name);
  const differences = readFileSync(new URL('../../../docs/differences.md', import.meta.url), 'utf8');
  expect(differences).toContain(`\`${name}\``);
});
