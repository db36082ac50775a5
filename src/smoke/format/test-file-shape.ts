import {
  anything,
  defined,
  exactlyOne,
  filledList,
  flag,
  type JsonSchema,
  keyed,
  list,
  mapping,
  oneOf,
  optional,
  reason,
  record,
  required,
  type Shape,
  scalar,
  text,
  textLike,
  wholeNumber,
  words,
} from '../../input/shape.ts';
import { duration, expectations, pathExpectation, patternProblem, textExpectation } from './expectation-shapes.ts';
import { parseJsonQuery } from './json-query.ts';
import { stepsStandAlone } from './steps-stand-alone.ts';
import type {
  Capture,
  ClientCertificateSpec,
  ConnectionSpec,
  Decision,
  Expectations,
  GivenAnswer,
  HttpVersion,
  RequestSpec,
  TextExpectation,
} from './test-file.ts';
import { headers, headerValue, ipAddress, token } from './wire-shapes.ts';

/** A test file as written, before what it leaves out is filled in. */
export interface RawTestFile {
  readonly $schema?: string;
  readonly variables?: Readonly<Record<string, string>>;
  readonly tests: readonly RawCase[];
}

export interface RawStep {
  readonly request?: RequestSpec;
  readonly websocket?: RawWebSocket;
  readonly expect?: Expectations;
  readonly capture?: Readonly<Record<string, Capture>>;
}

export interface RawCase extends RawStep {
  readonly name: string;
  readonly tags?: readonly string[];
  readonly only?: boolean;
  readonly skip?: string;
  readonly given?: RawGiven;
  readonly variables?: Readonly<Record<string, string>>;
  readonly keepCookies?: boolean;
  readonly alone?: boolean;
  readonly steps?: readonly RawStep[];
}

export interface RawGiven {
  readonly down?: readonly string[];
  readonly slow?: Readonly<Record<string, string>>;
  readonly status?: Readonly<Record<string, number>>;
  readonly answer?: Readonly<Record<string, GivenAnswer>>;
}

export interface RawWebSocket extends ConnectionSpec {
  readonly protocols?: readonly string[];
  readonly send?: readonly string[];
  readonly expect?: readonly TextExpectation[];
  readonly steps?: readonly RawWebSocketStep[];
}

export interface RawWebSocketStep {
  readonly send?: string;
  readonly expect?: TextExpectation;
}

const gatewayUrl = (schemes: string, example: string) =>
  textLike(`a whole URL such as ${example}`, new RegExp(`^(?:(?:${schemes})://[^/?#]+|\\$\\{)`));

const clientCertificate = withKey(
  exactlyOne(
    mapping<ClientCertificateSpec>({
      certificate: optional(text, 'PEM file of the certificate'),
      key: optional(text, 'PEM file of its key'),
      pfx: optional(text, 'PFX file, in place of the two'),
      password: optional(text, 'password of the key or the PFX'),
    }),
    ['certificate', 'pfx'],
  ),
);

/** A certificate is shown by whoever has its key; a PFX file has both in it. */
function withKey(shape: Shape<ClientCertificateSpec>): Shape<ClientCertificateSpec> {
  return {
    ...shape,
    schema: { ...shape.schema, dependencies: { certificate: ['key'], key: ['certificate'] } },
    read(value, path, problems) {
      const read = shape.read(value, path, problems);
      if (read?.certificate !== undefined && read.key === undefined) {
        problems.push({ path: [...path, 'certificate'], message: "'key' is missing, the PEM file of its key." });
      }
      if (read?.pfx !== undefined && read.key !== undefined) {
        problems.push({ path: [...path, 'key'], message: "'pfx' has the key in it; 'key' goes with 'certificate'." });
      }
      return read;
    },
  };
}

const headerValues = headers(
  oneOf<string | readonly string[]>(`${headerValue.name}, or a list of such`, [headerValue, list(headerValue)]),
);

const connection = {
  headers: optional(headerValues, 'headers to send; a list for several of the same name'),
  clientIp: optional(ipAddress, 'address that the client stands for'),
  clientCertificate: optional(clientCertificate, 'certificate that the client shows'),
  frontend: optional(text, 'frontend IP configuration, when several have a listener on the port'),
  timeout: optional(duration, 'how long to wait for the answer (60s)'),
};

/** YAML reads them as numbers unless they are quoted. */
const httpVersions = new Map<unknown, HttpVersion>([
  ['1.0', '1.0'],
  ['1.1', '1.1'],
  ['2', '2'],
  ['2.0', '2'],
  [1, '1.0'],
  [1.1, '1.1'],
  [2, '2'],
]);

const httpVersion = scalar<HttpVersion>({
  name: '1.0, 1.1 or 2',
  schema: { enum: [...httpVersions.keys()] },
  accept: (value) => httpVersions.get(value),
});

const request = defined(
  'request',
  mapping<RequestSpec>({
    url: required(gatewayUrl('https?', 'https://shop.contoso.com/'), 'as users of the gateway write it'),
    method: optional(token, 'HTTP method (GET)'),
    ...connection,
    body: optional(text, 'body to send'),
    bodyFile: optional(text, 'file with the body to send'),
    json: optional(anything, 'body to send as JSON'),
    httpVersion: optional(httpVersion, 'HTTP version (1.1)'),
    repeat: optional(wholeNumber(1, 100_000), 'how many times, one after the other; all expectations hold for each'),
  }),
);

const webSocketStep = exactlyOne(
  mapping<RawWebSocketStep>({
    send: optional(text, 'message to send'),
    expect: optional(textExpectation, 'message that comes next'),
  }),
  ['send', 'expect'],
);

const websocket = defined(
  'websocket',
  stepsStandAlone(
    mapping<RawWebSocket>({
      url: required(gatewayUrl('wss?', 'wss://shop.contoso.com/chat'), 'as users of the gateway write it'),
      ...connection,
      protocols: optional(list(token), 'subprotocols to offer'),
      send: optional(list(text), 'messages to send first'),
      expect: optional(list(textExpectation), 'messages that come next, in this order'),
      steps: optional(list(webSocketStep), "in place of 'send' and 'expect': messages of either kind, by turns"),
    }),
    ['send', 'expect'],
  ),
);

const jsonQuery: Shape<string> = {
  ...textLike("a path such as '$.items[0].id'", /^\$/),
  read(value, path, problems) {
    if (typeof value === 'string' && parseJsonQuery(value) !== undefined) return value;
    problems.push({ path, message: "This is not a path into JSON; it should be one such as '$.items[0].id'." });
    return undefined;
  },
};

const bodyPattern: Shape<string> = {
  ...text,
  read(value, path, problems) {
    problems.push(...patternProblem(() => new RegExp(String(value)), path));
    return text.read(value, path, problems);
  },
};

const decisions: readonly Decision[] = [
  'listener',
  'rule',
  'pathRule',
  'advancedRoutingRule',
  'pool',
  'member',
  'settings',
  'errorInfo',
];

const decision = scalar<Decision>({
  name: `one of ${decisions.join(', ')}`,
  schema: { enum: decisions },
  accept: (value) => decisions.find((each) => each === value),
});

const capture = defined(
  'capture',
  exactlyOne(
    mapping<Capture>({
      header: optional(text, 'value of a response header'),
      cookie: optional(text, 'value of a cookie that is set'),
      json: optional(jsonQuery, 'value in the JSON of the body'),
      decision: optional(decision, 'name that was decided on'),
      body: optional(bodyPattern, 'regular expression for the body; its first group is taken'),
    }),
    ['header', 'cookie', 'json', 'decision', 'body'],
  ),
);

const name = textLike('a name of letters, digits and underscores', /^[A-Za-z_]\w*$/);
const variables = record(text);

const stepMembers = {
  request: optional(request, 'request to send'),
  websocket: optional(websocket, 'WebSocket to open'),
  expect: optional(expectations, 'what has to come of it'),
  capture: optional(named(record(capture)), 'values to keep for later steps, under names of variables'),
};

/** A mapping whose keys are names of variables. */
function named<T>(shape: Shape<Readonly<Record<string, T>>>): Shape<Readonly<Record<string, T>>> {
  return keyed(name, shape);
}

const status = wholeNumber(200, 599);

const given = mapping<RawGiven>({
  down: optional(list(text), 'members that nobody reaches: pool, address[:port] or pool/address[:port]'),
  slow: optional(record(duration), 'members that take so long to answer'),
  status: optional(record(status), 'members that answer with this status'),
  answer: optional(
    record(
      mapping<GivenAnswer>({
        status: optional(status, 'status'),
        headers: optional(headers(headerValue), 'headers'),
        body: optional(text, 'body'),
        delay: optional(duration, 'how long it takes'),
      }),
    ),
    'how members answer, in full',
  ),
});

const testCase = exactlyOne(
  stepsStandAlone(
    mapping<RawCase>({
      name: required(words, 'a sentence that says what holds'),
      tags: optional(list(text), 'for --tags'),
      only: optional(flag, 'run this test, and no other without it'),
      skip: optional(reason, 'why this test is not run'),
      given: optional(given, 'what is the case with the backends meanwhile'),
      variables: optional(named(variables), 'values of variables'),
      keepCookies: optional(flag, 'send cookies back that the gateway or a backend set'),
      alone: optional(flag, 'run nothing else meanwhile'),
      ...stepMembers,
      steps: optional(
        filledList(exactlyOne(mapping<RawStep>(stepMembers), ['request', 'websocket'])),
        'several requests, one after the other',
      ),
    }),
    ['expect', 'capture'],
  ),
  ['request', 'websocket', 'steps'],
);

export const testFileShape: Shape<RawTestFile> = mapping<RawTestFile>({
  $schema: optional(text, 'JSON Schema, for editors'),
  variables: optional(named(variables), 'values of variables in all tests'),
  tests: required(list(testCase), 'the tests'),
});

const definitions = [duration, textExpectation, pathExpectation, expectations, request, websocket, capture];

/** What editors check test files with. */
export const testFileSchema: JsonSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Tests of an application gateway, for agate test',
  ...testFileShape.schema,
  definitions: Object.fromEntries(definitions.map(({ definition: { id, schema } }) => [id, schema])),
};
