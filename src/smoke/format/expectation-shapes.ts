import type { Problem } from '../../base/problem.ts';
import {
  anything,
  defined,
  exactlyOne,
  list,
  type Members,
  mapping,
  oneOf,
  optional,
  record,
  type Shape,
  scalar,
  text,
  textLike,
  wholeNumber,
} from '../../input/shape.ts';
import { durationPattern } from './duration.ts';
import { parseJsonQuery } from './json-query.ts';
import type {
  BackendExpectation,
  CountCondition,
  Expectations,
  RedirectExpectation,
  TextCondition,
  TextExpectation,
} from './test-file.ts';
import { isTextual, type PatternStyle, textMatcher } from './text-matcher.ts';

export const duration = defined('duration', textLike("a time such as '500ms' or '2s'", durationPattern));

const nothing = scalar<null>({
  name: 'null',
  schema: { type: 'null' },
  accept: (value) => (value === null ? null : undefined),
});

const plainText = oneOf<TextExpectation>('text or null', [text, nothing]);

const innerCondition = exactlyOne(
  mapping<Omit<TextCondition, 'not'>>({
    matches: optional(text, 'a regular expression'),
    contains: optional(text, 'a part of the text'),
  }),
  ['matches', 'contains'],
);

const condition: Shape<TextCondition> = exactlyOne(
  mapping<TextCondition>({
    matches: optional(text, 'a regular expression'),
    contains: optional(text, 'a part of the text'),
    not: optional(oneOf<TextExpectation>('text or a condition', [plainText, innerCondition]), 'what it must not be'),
  }),
  ['matches', 'contains', 'not'],
);

export const textExpectation = defined(
  'text',
  withPatternCheck(oneOf<TextExpectation>('text, a /pattern/, null or a condition', [plainText, condition]), 'text'),
);
export const pathExpectation = defined(
  'path',
  withPatternCheck(oneOf<TextExpectation>('a path, a /^pattern/, null or a condition', [plainText, condition]), 'path'),
);

/** A pattern that cannot be compiled is told where it stands, not when it is used. */
function withPatternCheck(shape: Shape<TextExpectation>, style: PatternStyle): Shape<TextExpectation> {
  return {
    ...shape,
    read(value, path, problems) {
      const read = shape.read(value, path, problems);
      if (read !== undefined) problems.push(...patternProblem(() => textMatcher(read, style), path));
      return read;
    },
  };
}

export function patternProblem(compile: () => unknown, path: Problem['path']): Problem[] {
  try {
    compile();
    return [];
  } catch (fault) {
    if (!(fault instanceof SyntaxError)) throw fault;
    return [{ path, message: `${fault.message}.`.replace(/\.\.$/, '.') }];
  }
}

/** Values by their paths in a JSON document. */
export const jsonExpectation: Shape<Readonly<Record<string, unknown>>> = {
  name: "a mapping from paths such as '$.items[0].id'",
  schema: { type: 'object', propertyNames: { pattern: '^\\$' } },
  read(value, path, problems) {
    const read = record(anything).read(value, path, problems);
    for (const [query, expected] of Object.entries(read ?? {})) {
      if (isTextual(expected)) problems.push(...patternProblem(() => textMatcher(expected), [...path, query]));
      if (parseJsonQuery(query) !== undefined) continue;
      const message = `'${query}' is not a path into JSON; it should be one such as '$.items[0].id'.`;
      problems.push({ path: [...path, query], message });
    }
    return read;
  },
};

const statusText = textLike("a status or a class such as '2xx'", /^[1-5](?:xx|\d\d)$/);
const oneStatus = oneOf<number | string>("a status or a class such as '2xx'", [wholeNumber(100, 599), statusText]);
const status = oneOf<number | string | readonly (number | string)[]>(
  "a status, a class such as '2xx' or a list of them",
  [wholeNumber(100, 599), statusText, list(oneStatus)],
);

const redirect = oneOf<TextExpectation | RedirectExpectation>('the location, null, or a mapping', [
  plainText,
  mapping<RedirectExpectation>({
    status: optional(wholeNumber(300, 399), 'status of the redirect'),
    location: optional(pathExpectation, 'where it leads'),
  }),
]);

const backend = oneOf<BackendExpectation | null>('a mapping or null', [
  nothing,
  mapping<BackendExpectation>({
    method: optional(textExpectation, 'its method'),
    path: optional(pathExpectation, 'its path, without the query'),
    query: optional(textExpectation, 'its query, without the question mark'),
    host: optional(textExpectation, 'its Host header'),
    headers: optional(record(textExpectation), 'its headers'),
    body: optional(textExpectation, 'its body'),
    json: optional(jsonExpectation, 'values in its body, by their paths'),
  }),
]);

const count = wholeNumber(0, 1_000_000);
const distribution = record(
  oneOf<number | CountCondition>("a number, or 'atLeast' and 'atMost'", [
    count,
    mapping<CountCondition>({ atLeast: optional(count, 'no fewer'), atMost: optional(count, 'no more') }),
  ]),
);

const time = mapping<NonNullable<Expectations['time']>>({
  atLeast: optional(duration, 'not before'),
  atMost: optional(duration, 'not later'),
});

const members: Members<Expectations> = {
  status: optional(status, 'status that the client gets; 101 for a WebSocket'),
  listener: optional(textExpectation, 'listener that takes the request'),
  rule: optional(textExpectation, 'request routing rule of the listener'),
  pathRule: optional(textExpectation, "path rule; null for the path map's default"),
  advancedRoutingRule: optional(textExpectation, "rule of an advanced routing map; null for the map's default"),
  pool: optional(textExpectation, 'backend pool'),
  member: optional(textExpectation, 'address of the pool member that answers'),
  settings: optional(textExpectation, 'backend HTTP settings'),
  errorInfo: optional(textExpectation, 'error_info of the access log'),
  redirect: optional(redirect, 'redirect that the gateway answers with; null for none'),
  rewrites: optional(list(text), 'rewrite rules, or set/rule, that fire; no others may'),
  backend: optional(backend, 'what the backend receives; null when nothing reaches one'),
  headers: optional(record(textExpectation), 'response headers; null means absent'),
  body: optional(textExpectation, 'response body'),
  json: optional(jsonExpectation, 'values in the response body, by their paths'),
  time: optional(time, 'how long the answer takes'),
  error: optional(textExpectation, 'why there is no answer'),
  distribution: optional(distribution, 'how many of the repeated requests each member gets'),
};

export const expectations = defined('expectations', mapping<Expectations>(members));
