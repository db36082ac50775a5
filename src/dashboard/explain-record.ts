import { describeRequest, type RequestDescription } from '../observability/describe-request.ts';
import type { RequestRecord } from '../observability/request-record.ts';
import { compileRoutingTable, type EntryPoint, type RoutingTable } from '../routing/compile-routing-table.ts';
import { type Explanation, explainClientRequest, nothingDecided } from '../routing/explain.ts';
import type { DecisionStep } from '../routing/route.ts';

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
  const request = describeRequest(record);
  // What Node's parser refuses left nothing to decide on.
  if (record.request.method === '') return { ...nothingDecided, steps: outcomeSteps(record), request };
  const explanation = explainClientRequest(table, entryPoint, record.request);
  // An answer that was to be foreseen has its step already.
  const isForeseen = explanation.status !== null || record.why === null || record.upgraded;
  if (isForeseen) return { ...explanation, steps: [...explanation.steps, ...attemptSteps(record)], request };
  const steps = [...explanation.steps, ...attemptSteps(record), ...outcomeSteps(record)];
  return { ...explanation, status: record.status, steps, request };
}

function outcomeSteps({ why, status }: RequestRecord): DecisionStep[] {
  const answer = status === 0 ? 'The connection was closed without an answer.' : `The client was given ${status}.`;
  return [{ stage: 'response', outcome: 'respond', why: `${why ?? 'The request could not be read.'} ${answer}` }];
}

function attemptSteps({ attempts }: RequestRecord): DecisionStep[] {
  return attempts.map(({ server: { pool, address }, status, failure }) => {
    const name = `Server ${address.address}:${address.port} of pool '${pool.name}'`;
    return failure === null
      ? { stage: 'response', outcome: 'next', why: `${name} answered ${status}.` }
      : { stage: 'backend', outcome: 'passed over', why: `${name} ${failure}.` };
  });
}

/** Where it arrived: several frontend addresses may have the same port. */
function findEntryPoint({ request, route }: RequestRecord, table: RoutingTable): EntryPoint | undefined {
  const onPort = table.entryPoints.filter(({ port }) => port === request.serverPort);
  return onPort.find(({ routes }) => routes.some(({ listener }) => listener === route?.listener)) ?? onPort[0];
}
