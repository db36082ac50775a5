import type { ExplainedRecord } from '../../explain-record.ts';
import { DecisionView } from './decision-view.tsx';
import { Facts } from './facts.tsx';

/** What happened to one request, and why. */
export function RequestView({ explained }: { readonly explained: ExplainedRecord }) {
  const { request } = explained;
  return (
    <>
      <Facts
        facts={[
          ['Client got', request.status === 0 ? 'no answer' : request.status],
          ['Because', request.why],
          ['Took', `${request.milliseconds} ms`],
          ['error_info', <code key="info">{request.errorInfo}</code>],
          ['Client', request.clientIp],
          ['Bytes', `${request.receivedBytes} received, ${request.sentBytes} sent`],
          ['Trace ID', <code key="trace">{request.traceId}</code>],
        ]}
      />
      {request.attempts.length > 0 && <h3>Servers that were asked</h3>}
      <ol class="steps">
        {request.attempts.map(({ pool, member, port, status, failure, milliseconds }, index) => (
          <li key={`${index} ${member}`}>
            <b>
              {member}:{port}
            </b>{' '}
            of {pool}: {failure ?? `answered ${status}`}
            {milliseconds !== null && ` after ${milliseconds} ms`}
          </li>
        ))}
      </ol>
      <DecisionView explanation={{ ...explained, rewrites: request.rewrites }} />
    </>
  );
}
