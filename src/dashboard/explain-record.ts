import { describeRequest, type RequestDescription } from '../observability/describe-request.ts';
import type { RequestRecord } from '../observability/request-record.ts';
import { compileRoutingTable, type EntryPoint, type RoutingTable } from '../routing/compile-routing-table.ts';
import { type Explanation, explainClientRequest } from '../routing/explain.ts';

/** A request of the log with every step of its decision. */
export interface ExplainedRecord extends Explanation {
  readonly request: RequestDescription;
}

/**
 * Decides once more about a request that was served, this time with reasons; the live gateway makes no texts. A request
 * from before the last deployment is explained by the gateway that served it.
 *
 * @param current the table in force
 */
export function explainRecord(record: RequestRecord, current: RoutingTable): ExplainedRecord | undefined {
  const table = record.gateway === current.gateway ? current : compileRoutingTable(record.gateway, current.behaviour);
  const entryPoint = findEntryPoint(record, table);
  if (entryPoint === undefined) return undefined;
  return { ...explainClientRequest(table, entryPoint, record.request), request: describeRequest(record) };
}

/** Where it arrived: several frontend addresses may have the same port. */
function findEntryPoint({ request, route }: RequestRecord, table: RoutingTable): EntryPoint | undefined {
  const onPort = table.entryPoints.filter(({ port }) => port === request.serverPort);
  return onPort.find(({ routes }) => routes.some(({ listener }) => listener === route?.listener)) ?? onPort[0];
}
