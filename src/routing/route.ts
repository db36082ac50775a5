import type {
  AdvancedRoutingRule,
  BackendAddressPool,
  BackendHttpSettings,
  HttpListener,
  LoadDistributionPolicy,
  PathRule,
  RedirectConfiguration,
  RequestRoutingRule,
  RewriteRule,
  RewriteRuleSet,
} from '../gateway/model.ts';
import type { RequestProblem } from './check-request.ts';
import type { ErrorInfo } from './error-info.ts';

/** Header lines as they stand on the wire: name, value, name, value … Names keep their case. */
export type RawHeaders = readonly string[];

/** A request as it arrived. Never changed on its way through the stages. */
export interface ClientRequest {
  readonly method: string;
  /** Path and query as received, undecoded; `*` for `OPTIONS *`. */
  readonly url: string;
  readonly httpVersion: '1.0' | '1.1' | '2.0';
  readonly scheme: 'http' | 'https';
  readonly rawHeaders: RawHeaders;
  readonly clientIp: string;
  readonly clientPort: number;
  /** The frontend port of the template, not the local one. */
  readonly serverPort: number;
  /** 32 hexadecimal digits; `X-AppGW-Trace-Id` and the access log's `transactionId`. */
  readonly traceId: string;
  readonly tls: ClientTls | null;
}

/** What server variables can ask about the client's TLS connection. */
export interface ClientTls {
  /** As `TLSv1.2`. */
  readonly protocol: string;
  /** OpenSSL's name of the suite. */
  readonly cipher: string;
  readonly serverName: string | null;
  /** OpenSSL's names of the suites that the client offered, where they are known. */
  readonly offeredCiphers?: readonly string[];
  /** JA4 of the client's hello, where backends are to be told. */
  readonly fingerprint?: string;
  readonly clientCertificate?: ClientCertificate | null;
  /** Why all requests of the connection are refused: the client lacks the certificate that the listener demands. */
  readonly problem?: RequestProblem | null;
}

/** What server variables can ask about the certificate that the client showed. */
export interface ClientCertificate {
  readonly pem: string;
  /** `SUCCESS`, `FAILED:<reason>`, or `PASSTHROUGH` where it is not looked at. */
  readonly verification: string;
  /** SHA-1 in hexadecimal digits. */
  readonly fingerprint: string;
  readonly serial: string;
  readonly subject: string;
  readonly issuer: string;
  readonly startDate: string;
  readonly endDate: string;
}

/** Where a request goes, and what was decided on the way. */
export interface Route {
  /**
   * The host (with port) that the request is for: as received, or without `.localhost` where that stands for a name of
   * a listener. null when the request names none that can be used.
   */
  readonly host: string | null;
  readonly listener: HttpListener | null;
  readonly rule: RequestRoutingRule | null;
  /** null for Basic rules and for a path map's default. */
  readonly pathRule: PathRule | null;
  /** null for rules of other types than AdvancedRouting, and for an advanced routing map's default. */
  readonly advancedRoutingRule: AdvancedRoutingRule | null;
  readonly rewrites: readonly AppliedRewrite[];
  readonly outcome: RouteOutcome;
}

export type RouteOutcome = RespondOutcome | RedirectOutcome | ForwardOutcome;

/** The gateway answers by itself. */
export interface RespondOutcome {
  readonly kind: 'respond';
  readonly status: number;
  readonly errorInfo: ErrorInfo;
  /** For people: why the gateway does not pass the request on. */
  readonly why: string;
  /** v1 closes the connection without an answer; `status` then goes into the log only. */
  readonly isUnanswered?: true;
}

export interface RedirectOutcome {
  readonly kind: 'redirect';
  readonly status: 301 | 302 | 303 | 307;
  readonly location: string;
  readonly redirectConfiguration: RedirectConfiguration;
}

/** The request is passed on to a server of a pool. */
export interface ForwardOutcome {
  readonly kind: 'forward';
  /** null when a load-distribution policy takes its place. */
  readonly pool: BackendAddressPool | null;
  readonly loadDistributionPolicy: LoadDistributionPolicy | null;
  readonly settings: BackendHttpSettings;
  readonly rewriteRuleSet: RewriteRuleSet | null;
  /** Path after rewrites and the settings' override path. */
  readonly path: string;
  /** Query after rewrites, without `?`; null when there is none. */
  readonly query: string | null;
  /** Request headers as rewrites left them, before the gateway adds its own and chooses the Host. */
  readonly requestHeaders: RawHeaders;
}

/** A rewrite rule that ran, and what it changed. */
export interface AppliedRewrite {
  readonly ruleSet: RewriteRuleSet;
  readonly rule: RewriteRule;
  readonly changes: readonly RewriteChange[];
}

export interface RewriteChange {
  readonly target: 'requestHeader' | 'responseHeader' | 'path' | 'query';
  /** The header's name; null for path and query. */
  readonly name: string | null;
  /** null when it is removed. */
  readonly value: string | null;
}

/** A server that was chosen for a request: a member of a pool with the settings' port. */
export interface ServerAddress {
  /** As written in the pool: IP address or FQDN. */
  readonly address: string;
  readonly kind: 'ipAddress' | 'fqdn';
  readonly port: number;
}

/** What the gateway sends to a server. */
export interface BackendRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  /** Host header, also found in `headers`. */
  readonly host: string;
  readonly headers: RawHeaders;
}

/** The head of a response. */
export interface ResponseHead {
  readonly status: number;
  readonly headers: RawHeaders;
}

/** Receives each step of a decision with its reason. Absent on the fast path, so that no text is made there. */
export interface DecisionTrace {
  step(step: DecisionStep): void;
}

export type DecisionStage =
  | 'request'
  | 'listener'
  | 'rule'
  | 'path'
  | 'redirect'
  | 'rewrite'
  | 'backend'
  | 'headers'
  | 'response';

export interface DecisionStep {
  readonly stage: DecisionStage;
  /** `next`, `respond` and `reroute` end a stage; `passed over` is a candidate that did not fit. */
  readonly outcome: 'next' | 'respond' | 'reroute' | 'passed over';
  /** A sentence with names: "Listener 'blog' not chosen: its host name '*.contoso.com' does not match 'contoso.com'." */
  readonly why: string;
}
