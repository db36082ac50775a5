import type { Gateway } from '../../gateway/model.ts';

type Generation = Gateway['sku']['generation'];

/**
 * How values of a metric come together.
 *
 * - `total`: they are added up
 * - `duration`: each is one measurement
 * - `level`: each is what holds until the next
 * - `rate`: they are added up and shown a second
 * - `ratio`: they are added up, and the sum of a minute is what is shown
 */
export type MetricKind = 'total' | 'duration' | 'level' | 'rate' | 'ratio';

export type Aggregation = 'Average' | 'Maximum' | 'Total';

/** A metric as Azure names and describes it. */
export interface MetricDefinition {
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  readonly unit: 'MilliSeconds' | 'Count' | 'CountPerSecond' | 'Bytes' | 'BytesPerSecond';
  readonly kind: MetricKind;
  readonly aggregations: readonly Aggregation[];
  readonly dimensions: readonly string[];
  readonly generations: readonly Generation[];
}

/** What is the same for all metrics of a kind. */
const kinds = {
  milliseconds: { unit: 'MilliSeconds', kind: 'duration', aggregations: ['Average', 'Maximum'] },
  count: { unit: 'Count', kind: 'total', aggregations: ['Total'] },
  bytes: { unit: 'Bytes', kind: 'total', aggregations: ['Total'] },
  bytesPerSecond: { unit: 'BytesPerSecond', kind: 'rate', aggregations: ['Average'] },
  countPerSecond: { unit: 'CountPerSecond', kind: 'rate', aggregations: ['Average'] },
  level: { unit: 'Count', kind: 'level', aggregations: ['Average'] },
  ratio: { unit: 'Count', kind: 'ratio', aggregations: ['Average'] },
} as const;

const v2: { readonly generations: readonly Generation[] } = { generations: ['v2'] };
const both: { readonly generations: readonly Generation[] } = { generations: ['v1', 'v2'] };

const ofServer = { dimensions: ['Listener', 'BackendServer', 'BackendPool', 'BackendHttpSetting'] } as const;
const ofListener = { dimensions: ['Listener'] } as const;
const ofPool = { dimensions: ['BackendSettingsPool'] } as const;
const plain = { dimensions: [] } as const;

/**
 * What Azure Monitor shows of a gateway and can be known here. The round-trip time of clients, capacity units and the
 * processor's load belong to Azure's machines.
 * https://learn.microsoft.com/azure/application-gateway/monitor-application-gateway-reference#metrics
 */
const definitions = {
  ApplicationGatewayTotalTime: {
    displayName: 'Application Gateway Total Time',
    description: 'Time from the first byte of a request to the last byte of its answer.',
    ...kinds.milliseconds,
    ...ofListener,
    ...v2,
  },
  BackendConnectTime: {
    displayName: 'Backend Connect Time',
    description: 'Time spent on a connection to a backend server.',
    ...kinds.milliseconds,
    ...ofServer,
    ...v2,
  },
  BackendFirstByteResponseTime: {
    displayName: 'Backend First Byte Response Time',
    description: "Time from the start of connecting to the head of the backend server's response.",
    ...kinds.milliseconds,
    ...ofServer,
    ...v2,
  },
  BackendLastByteResponseTime: {
    displayName: 'Backend Last Byte Response Time',
    description: "Time from the start of connecting to the last byte of the backend server's response.",
    ...kinds.milliseconds,
    ...ofServer,
    ...v2,
  },
  BackendResponseStatus: {
    displayName: 'Backend Response Status',
    description: 'Responses of backend servers; what the gateway answers by itself does not count.',
    dimensions: ['BackendServer', 'BackendPool', 'BackendHttpSetting', 'HttpStatusGroup'],
    ...kinds.count,
    ...v2,
  },
  ResponseStatus: {
    displayName: 'Response Status',
    description: 'Responses that clients got.',
    dimensions: ['HttpStatusGroup'],
    ...kinds.count,
    ...both,
  },
  TotalRequests: {
    displayName: 'Total Requests',
    description: 'Requests that the gateway has served.',
    ...kinds.count,
    ...ofPool,
    ...both,
  },
  FailedRequests: {
    displayName: 'Failed Requests',
    description: 'v2: answers with 5xx, of the gateway or a backend. v1: failed connections and time-outs.',
    ...kinds.count,
    ...ofPool,
    ...both,
  },
  AvgRequestCountPerHealthyHost: {
    displayName: 'Requests per minute per Healthy Host',
    description: 'Requests of a minute for each healthy server of a pool.',
    ...kinds.ratio,
    ...ofPool,
    ...v2,
  },
  HealthyHostCount: {
    displayName: 'Healthy Host Count',
    description: 'Servers that answer their probe.',
    ...kinds.level,
    ...ofPool,
    ...both,
  },
  UnhealthyHostCount: {
    displayName: 'Unhealthy Host Count',
    description: 'Servers that do not answer their probe as they should.',
    ...kinds.level,
    ...ofPool,
    ...both,
  },
  BytesReceived: {
    displayName: 'Bytes Received',
    description: 'Bytes that the gateway got from clients.',
    ...kinds.bytes,
    ...ofListener,
    ...v2,
  },
  BytesSent: {
    displayName: 'Bytes Sent',
    description: 'Bytes that the gateway sent to clients.',
    ...kinds.bytes,
    ...ofListener,
    ...v2,
  },
  Throughput: {
    displayName: 'Throughput',
    description: 'Bytes a second that the gateway has served.',
    ...kinds.bytesPerSecond,
    ...plain,
    ...both,
  },
  CurrentConnections: {
    displayName: 'Current Connections',
    description: 'Connections of clients that are open.',
    ...kinds.level,
    // Azure calls its sum over the gateway's instances the total; there is one instance here.
    aggregations: ['Total'],
    ...plain,
    ...both,
  },
  NewConnectionsPerSecond: {
    displayName: 'New connections per second',
    description: 'Connections that clients opened, a second.',
    ...kinds.countPerSecond,
    ...plain,
    ...v2,
  },
  TlsProtocol: {
    displayName: 'Client TLS Protocol',
    description: 'Requests of clients, by the version of TLS that they came with.',
    dimensions: ['Listener', 'TlsProtocol'],
    ...kinds.count,
    ...v2,
  },
  FixedBillableCapacityUnits: {
    displayName: 'Fixed Billable Capacity Units',
    description: 'Capacity units that are charged whatever happens: ten for each instance that is always there.',
    ...kinds.level,
    ...plain,
    ...v2,
  },
} as const satisfies Readonly<Record<string, Omit<MetricDefinition, 'name'>>>;

export type MetricName = keyof typeof definitions;

/** In the order in which they are shown. */
export const metricDefinitions: readonly (MetricDefinition & { readonly name: MetricName })[] = Object.entries(
  definitions,
).map(([name, definition]) => ({ name: name as MetricName, ...definition }));
