import type { Diagnostic } from '../../base/diagnostic.ts';
import type { BackendHealth } from '../../emulator/backend-health.ts';
import type { RequestDescription } from '../../observability/describe-request.ts';
import type { Explanation } from '../../routing/explain.ts';
import type { ExplainedRecord } from '../explain-record.ts';
import type { GatewayView } from '../gateway-view.ts';

/** The admin API, as the page uses it. */
export const api = {
  gateway: () => read<GatewayView>('/api/gateway'),
  backendHealth: () => read<BackendHealth>('/api/backend-health'),
  findings: () => read<readonly Diagnostic[]>('/api/findings'),
  requests: (limit: number) => read<readonly RequestDescription[]>(`/api/requests?limit=${limit}`),
  explain: (method: string, url: string) => read<Explanation>(`/api/explain?${new URLSearchParams({ method, url })}`),
  explainRequest: (traceId: string) => read<ExplainedRecord>(`/api/explain?${new URLSearchParams({ traceId })}`),
  changeMember: (pool: string, member: string, change: MemberChange) =>
    read<unknown>(`/api/backends/${encodeURIComponent(pool)}/${encodeURIComponent(member)}`, {
      method: 'POST',
      body: JSON.stringify(change),
    }),
};

export type MemberChange = { readonly state: 'up' | 'down' } | { readonly delayMilliseconds: number };

/** @throws Error with the sentence that the API answered */
async function read<T>(path: string, init: RequestInit = {}): Promise<T> {
  const response = await fetch(path, init);
  const body = (await response.json()) as T & { readonly error?: { readonly message: string } };
  if (!response.ok) throw new Error(body.error?.message ?? `${path} answered ${response.status}.`);
  return body;
}
