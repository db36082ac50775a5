import type { Diagnostic } from '../../base/diagnostic.ts';
import type { PathSegment } from '../../base/json-path.ts';
import type { SourceText, Span } from '../../base/span.ts';

/** A test file as read: checked, but with its variables still in it. */
export interface TestFile {
  readonly source: SourceText;
  readonly variables: Variables;
  readonly tests: readonly TestCase[];
  /** The place of what stands under a path, or of the nearest that is there. */
  locate(path: readonly PathSegment[]): Span;
}

export type Variables = Readonly<Record<string, string>>;

export interface TestCase {
  readonly name: string;
  readonly tags: readonly string[];
  /** Run this one, and none without it. */
  readonly only: boolean;
  /** Why it is not run; null when it is. */
  readonly skip: string | null;
  readonly given: Given;
  readonly variables: Variables;
  /** Cookies that the gateway sets come back in later requests of the case. */
  readonly keepCookies: boolean;
  /** Nothing else runs meanwhile. */
  readonly alone: boolean;
  readonly steps: readonly TestStep[];
  readonly path: readonly PathSegment[];
}

/** What is the case with the backends while a test runs. Members are `pool`, `address`, `address:port` or `pool/address[:port]`. */
export interface Given {
  /** Members that nobody reaches. */
  readonly down: readonly string[];
  /** How members answer. */
  readonly answers: Readonly<Record<string, GivenAnswer>>;
}

export interface GivenAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** As `2s`. */
  readonly delay?: string;
}

/** One request or WebSocket, and what is expected of it. */
export interface TestStep {
  readonly action: StepAction;
  readonly expect: Expectations;
  readonly capture: Readonly<Record<string, Capture>>;
  readonly path: readonly PathSegment[];
}

export type StepAction =
  | { readonly kind: 'request'; readonly request: RequestSpec }
  | { readonly kind: 'websocket'; readonly websocket: WebSocketSpec };

/** What requests and WebSockets have in common. */
export interface ConnectionSpec {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly clientIp?: string;
  readonly clientCertificate?: ClientCertificateSpec;
  /** Frontend IP configuration, when several have a listener on the port. */
  readonly frontend?: string;
  /** How long to wait; `60s` unless set. */
  readonly timeout?: string;
}

export type HttpVersion = '1.0' | '1.1' | '2';

export interface RequestSpec extends ConnectionSpec {
  readonly method?: string;
  readonly body?: string;
  readonly bodyFile?: string;
  readonly json?: unknown;
  readonly httpVersion?: HttpVersion;
  readonly repeat?: number;
}

/** Paths are taken from the test file's folder. */
export interface ClientCertificateSpec {
  readonly certificate?: string;
  readonly key?: string;
  readonly pfx?: string;
  readonly password?: string;
}

export interface WebSocketSpec extends ConnectionSpec {
  readonly protocols?: readonly string[];
  readonly steps: readonly WebSocketStep[];
}

export type WebSocketStep =
  | { readonly send: string }
  | { readonly expect: TextExpectation; readonly path: readonly PathSegment[] };

/**
 * What a text is compared with: the text itself, a pattern between slashes, null for absent, or one of the long forms.
 */
export type TextExpectation = string | number | boolean | null | TextCondition;

export interface TextCondition {
  readonly matches?: string;
  readonly contains?: string;
  readonly not?: TextExpectation;
}

export interface CountCondition {
  readonly atLeast?: number;
  readonly atMost?: number;
}

export interface Expectations {
  readonly status?: number | string | readonly (number | string)[];
  readonly listener?: TextExpectation;
  readonly rule?: TextExpectation;
  readonly pathRule?: TextExpectation;
  readonly advancedRoutingRule?: TextExpectation;
  readonly pool?: TextExpectation;
  readonly member?: TextExpectation;
  readonly settings?: TextExpectation;
  readonly errorInfo?: TextExpectation;
  readonly redirect?: TextExpectation | RedirectExpectation;
  /** Rules, or `set/rule`, that fire; no others may. */
  readonly rewrites?: readonly string[];
  readonly backend?: BackendExpectation | null;
  readonly headers?: Readonly<Record<string, TextExpectation>>;
  readonly body?: TextExpectation;
  readonly json?: Readonly<Record<string, unknown>>;
  readonly time?: { readonly atLeast?: string; readonly atMost?: string };
  /** Why there is no answer. */
  readonly error?: TextExpectation;
  /** How many of the repeated requests each member gets. */
  readonly distribution?: Readonly<Record<string, number | CountCondition>>;
}

export interface RedirectExpectation {
  readonly status?: number;
  readonly location?: TextExpectation;
}

/** What the backend received. */
export interface BackendExpectation {
  readonly method?: TextExpectation;
  /** Path without query. */
  readonly path?: TextExpectation;
  /** Without `?`. */
  readonly query?: TextExpectation;
  readonly host?: TextExpectation;
  readonly headers?: Readonly<Record<string, TextExpectation>>;
  readonly body?: TextExpectation;
  readonly json?: Readonly<Record<string, unknown>>;
}

/** What can be asked of a decision by name. */
export type Decision =
  | 'listener'
  | 'rule'
  | 'pathRule'
  | 'advancedRoutingRule'
  | 'pool'
  | 'member'
  | 'settings'
  | 'errorInfo';

/** Where a captured value is taken from. */
export interface Capture {
  readonly header?: string;
  readonly cookie?: string;
  /** A path into the JSON of the body. */
  readonly json?: string;
  /** A name that was decided on, such as `member`. */
  readonly decision?: Decision;
  /** A pattern for the body; its first group is taken, or all of what it matches. */
  readonly body?: string;
}

export interface ReadTestFile {
  /** undefined when it cannot be used. */
  readonly file: TestFile | undefined;
  readonly diagnostics: readonly Diagnostic[];
}
