/** What a request asks a stand-in server to do, by `agate-…` parameters of its query. */
export interface MockDirectives {
  readonly status: number;
  readonly delayMilliseconds: number;
  /** null answers with the description of the request. */
  readonly body: string | Buffer | null;
  readonly headers: readonly (readonly [name: string, value: string])[];
}

/** What was asked for and cannot be done; told in the answer, so that a typing error does not pass for a result. */
export interface DirectiveFault {
  readonly message: string;
}

/** The description of the request, at once. */
export const defaultAnswer: MockDirectives = { status: 200, delayMilliseconds: 0, body: null, headers: [] };

/**
 * Reads the directives of `/path?agate-status=503&agate-delay=2s&agate-body=…&agate-header=name:value`.
 *
 * @param otherwise what is done without any
 */
export function parseDirectives(
  url: string,
  otherwise: MockDirectives = defaultAnswer,
): MockDirectives | DirectiveFault {
  const question = url.indexOf('?');
  if (question === -1 || !/[?&]agate-(?:status|delay|body|header)=/.test(url.slice(question))) return otherwise;
  const query = new URLSearchParams(url.slice(question + 1));
  const status = Number(query.get('agate-status') ?? 200);
  if (!Number.isInteger(status) || status < 200 || status > 599) {
    return { message: `agate-status is '${query.get('agate-status')}'; it should be a status from 200 to 599.` };
  }
  const delayMilliseconds = parseDuration(query.get('agate-delay') ?? '0');
  if (delayMilliseconds === undefined) {
    return { message: `agate-delay is '${query.get('agate-delay')}'; it should be a time such as '500ms' or '2s'.` };
  }
  const headers = query.getAll('agate-header').map(parseHeader);
  const wrong = headers.indexOf(undefined);
  if (wrong !== -1) {
    return { message: `agate-header is '${query.getAll('agate-header')[wrong]}'; it should be 'name:value'.` };
  }
  return {
    status,
    delayMilliseconds,
    body: query.get('agate-body'),
    headers: headers.filter((header) => header !== undefined),
  };
}

const unitMilliseconds: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, '': 1 };

/** Node's timers count in 32 bits; what is longer would be over at once. */
const longestMilliseconds = 2 ** 31 - 1;

/** Milliseconds of `500ms`, `2s`, `1m` and `250`; undefined for anything else, and for more than 24 days. */
export function parseDuration(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|)$/.exec(text);
  const unit = unitMilliseconds[match?.[2] ?? 'none'];
  if (match === null || unit === undefined) return undefined;
  const milliseconds = Number(match[1]) * unit;
  return milliseconds > longestMilliseconds ? undefined : milliseconds;
}

function parseHeader(text: string): readonly [string, string] | undefined {
  const match = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):([\t\x20-\x7e\x80-\xff]*)$/.exec(text);
  return match === null ? undefined : [match[1] ?? '', (match[2] ?? '').trim()];
}
