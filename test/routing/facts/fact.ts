import type { Behaviour } from '../../../src/routing/behaviour.ts';
import type { ErrorInfo } from '../../../src/routing/error-info.ts';
import type { GatewaySpec } from '../gateway-fixture.ts';
import type { RequestSpec } from '../request-fixture.ts';

/** One fact about how the gateway treats requests: a gateway, a request, and what comes of it. */
export interface Fact {
  /** A sentence. */
  readonly name: string;
  /** The page that says so, where it was measured, or `choice` where nobody says. */
  readonly source: string;
  readonly gateway: GatewaySpec;
  readonly behaviour?: Partial<Behaviour>;
  readonly request: RequestSpec;
  readonly expect: Expectation;
}

/** What is expected of a decision; what is left out is not looked at. */
export interface Expectation {
  readonly listener?: string | null;
  readonly rule?: string;
  readonly pathRule?: string | null;
  readonly advancedRoutingRule?: string | null;
  readonly pool?: string;
  readonly settings?: string;
  /** What the gateway answers by itself. */
  readonly status?: number;
  readonly errorInfo?: ErrorInfo;
  readonly location?: string;
  /** Path and query that the server sees. */
  readonly forwarded?: string;
  /** Headers that the server sees; null for those it does not. */
  readonly toServer?: Readonly<Record<string, string | null>>;
  /** Headers that the client gets, several lines of one name joined by ` | `. */
  readonly toClient?: Readonly<Record<string, string | null>>;
}

export type FactRow = readonly [name: string, source: string, request: string | RequestSpec, expect: Expectation];

/** Facts about one gateway. */
export function factsAbout(gateway: GatewaySpec, rows: readonly FactRow[], behaviour?: Partial<Behaviour>): Fact[] {
  return rows.map(([name, source, request, expect]) => ({
    name,
    source,
    gateway,
    ...(behaviour === undefined ? {} : { behaviour }),
    request: typeof request === 'string' ? { url: request } : request,
    expect,
  }));
}

const learn = 'https://learn.microsoft.com/azure/application-gateway';
const support = 'https://learn.microsoft.com/troubleshoot/azure/application-gateway';

export const sources = {
  listeners: `${learn}/configuration-listeners`,
  multisite: `${learn}/multiple-site-overview`,
  rules: `${learn}/configuration-request-routing-rules`,
  urlRoute: `${learn}/url-route-overview`,
  redirect: `${learn}/redirect-overview`,
  rewrite: `${learn}/rewrite-http-headers-url`,
  settings: `${learn}/configuration-http-settings`,
  works: `${learn}/how-application-gateway-works`,
  components: `${learn}/application-gateway-components`,
  v2: `${learn}/overview-v2`,
  faq: `${learn}/application-gateway-faq`,
  monitor: `${learn}/monitor-application-gateway-reference`,
  websocket: `${learn}/application-gateway-websocket`,
  cookieFlags: `${learn}/application-gateway-secure-flag-session-affinity`,
  codes: `${support}/http-response-codes`,
  routing: `${support}/troubleshoot-application-gateway-routing-redirect-hostname-issues`,
  tcp: `${support}/troubleshoot-tcp-connection-timeout-issues`,
  rewriteProblems: `${support}/troubleshoot-url-rewrite-rules`,
  arm: 'https://learn.microsoft.com/azure/templates/microsoft.network/applicationgateways',
  rfc9110: 'https://www.rfc-editor.org/rfc/rfc9110',
  choice: 'choice',
} as const;
