import { computed, signal } from '@preact/signals';
import type { RequestDescription } from '../../../observability/describe-request.ts';
import { api } from '../api.ts';
import { attempt, isPaused, requests, selection } from '../state.ts';
import { timeOfDay } from '../time-of-day.ts';

export const filterText = signal('');
const filterStatus = signal('');

/** As many as a page stays quick with; the filter finds the others. */
const maximumRows = 150;

const found = computed(() => {
  const words = filterText.value.toLowerCase().split(/\s+/).filter(Boolean);
  return requests.value.filter(
    (request) => hasStatus(request) && words.every((word) => textOf(request).includes(word)),
  );
});

function hasStatus({ status }: RequestDescription): boolean {
  return filterStatus.value === '' || String(status).startsWith(filterStatus.value);
}

function textOf(request: RequestDescription): string {
  const { method, host, url, status, listener, rule, pathRule, advancedRoutingRule, pool, member } = request;
  return [method, `${host}${url}`, status, listener, rule, pathRule, advancedRoutingRule, pool, member]
    .join(' ')
    .toLowerCase();
}

/** The latest requests; each leads to its whole decision. */
export function RequestList() {
  const shown = found.value.slice(0, maximumRows);
  return (
    <section class="panel requests" id="requests" aria-labelledby="requests-title" tabIndex={-1}>
      <div class="head">
        <h2 id="requests-title">Requests</h2>
        <label>
          Filter{' '}
          <input
            type="search"
            placeholder="host, path, rule, member"
            value={filterText.value}
            onInput={({ currentTarget }) => {
              filterText.value = currentTarget.value;
            }}
          />
        </label>
        <label>
          Status{' '}
          <select
            value={filterStatus.value}
            onChange={({ currentTarget }) => {
              filterStatus.value = currentTarget.value;
            }}
          >
            <option value="">all</option>
            {['2', '3', '4', '5'].map((group) => (
              <option key={group} value={group}>
                {group}xx
              </option>
            ))}
          </select>
        </label>
        <button
          type="button"
          aria-pressed={isPaused.value}
          onClick={() => {
            isPaused.value = !isPaused.value;
          }}
        >
          {isPaused.value ? 'Go on' : 'Pause'}
        </button>
      </div>
      {shown.length === 0 ? (
        <p class="faint">{requests.value.length === 0 ? 'None yet.' : 'None fits the filter.'}</p>
      ) : (
        <RequestTable rows={shown} />
      )}
      {found.value.length > shown.length && (
        <p class="faint">{found.value.length - shown.length} more; narrow the filter to see them.</p>
      )}
    </section>
  );
}

function RequestTable({ rows }: { readonly rows: readonly RequestDescription[] }) {
  return (
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col">Status</th>
            <th scope="col">Request</th>
            <th scope="col">Way</th>
            <th scope="col" class="number">
              ms
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((request) => (
            <RequestRow key={request.traceId} request={request} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function RequestRow({ request }: { readonly request: RequestDescription }) {
  const { traceId, time, status, method, host, url, listener, pool, member, redirect } = request;
  const end = redirect === null ? (member === null ? pool : `${pool} ${member}`) : redirect.location;
  const rule = request.pathRule ?? request.advancedRoutingRule ?? request.rule;
  const way = [listener, rule, end].filter((part) => part !== null);
  const open = () =>
    attempt(async () => {
      selection.value = { kind: 'request', explained: await api.explainRequest(traceId) };
    });
  return (
    <tr>
      <td class="time">{timeOfDay(Date.parse(time))}</td>
      <td class="outcome-cell">
        <span class={`status s${String(status)[0]}`}>{status === 0 ? '—' : status}</span>
      </td>
      <td class="what">
        <button type="button" class="link" onClick={() => void open()}>
          {method} {host}
          {url}
        </button>
      </td>
      <td class="way">{way.join(' → ')}</td>
      <td class="number">{Math.round(request.milliseconds)}</td>
    </tr>
  );
}
