import { expect, test } from 'vitest';
import { SourceText } from '../../src/base/span.ts';
import { parseTestFile } from '../../src/smoke/format/parse-test-file.ts';

function read(text: string) {
  return parseTestFile(new SourceText('a.test.yaml', text));
}

/** `line:column message (hint)` of everything that is wrong. */
function complaints(text: string): readonly string[] {
  return read(text).diagnostics.map(({ range, message, hint }) => {
    const place = range === null ? '' : `${range.start.line}:${range.start.column} `;
    return `${place}${message}${hint === undefined ? '' : ` (${hint})`}`;
  });
}

const request = 'request: { url: "http://a/" }';

test.each([
  [
    'a misspelt word',
    `tests:\n  - name: a\n    requset: { url: "http://a/" }`,
    [
      "3:5 There is no 'requset' here. (Did you mean 'request'?)",
      "2:5 One of 'request', 'websocket', 'steps' is needed here, and one only; there is none.",
    ],
  ],
  [
    'a misspelt expectation',
    `tests:\n  - name: a\n    ${request}\n    expect: { pol: web }`,
    ["4:15 There is no 'pol' here. (Did you mean 'pool'?)"],
  ],
  [
    'a value of the wrong kind',
    `tests:\n  - name: a\n    ${request}\n    expect:\n      status: fine\n      time: { atMost: 5 }`,
    [
      "5:7 'status' is \"fine\"; it should be a status, a class such as '2xx' or a list of them.",
      "6:15 'atMost' is 5; it should be a time such as '500ms' or '2s'.",
    ],
  ],
  ['no tests', 'variables: {}', ["1:1 'tests' is missing."]],
  ['an empty file', '', ['1:1 This is empty; it should be a mapping.']],
  ['a file of comments alone', '# later\n', ['1:1 This is empty; it should be a mapping.']],
  [
    'a pattern that is none',
    `tests:\n  - name: a\n    ${request}\n    expect: { pool: /(/ }`,
    ['4:15 Invalid regular expression: /(/: Unterminated group.'],
  ],
  [
    'a pattern for JSON that is none',
    `tests:\n  - name: a\n    ${request}\n    expect: { json: { $.a: /(/, $.b: { matches: "[" } } }`,
    [
      '4:23 Invalid regular expression: /(/: Unterminated group.',
      '4:33 Invalid regular expression: /[/: Unterminated character class.',
    ],
  ],
  [
    'two documents',
    `tests:\n  - name: a\n    ${request}\n---\ntests: []`,
    ["4:1 'a.test.yaml' is not valid YAML: It should be one document, and another one begins here."],
  ],
  [
    'two tests of one name',
    `tests:\n  - { name: a, ${request} }\n  - { name: a, ${request} }`,
    ["3:7 Another test has the name 'a' already."],
  ],
  [
    'a variable that is used before it is captured',
    `variables: { host: a }\ntests:\n  - name: a\n    request: { url: "http://$\{hots}/" }\n    capture: { id: { header: x } }`,
    ["4:16 There is no variable 'hots' at this point. (Did you mean 'host'?)"],
  ],
  [
    'two bodies',
    'tests:\n  - name: a\n    request: { url: "http://a/", body: x, json: {} }',
    ["3:43 'body' and 'json' both give the body; one is needed."],
  ],
  [
    'a distribution of one request',
    `tests:\n  - name: a\n    ${request}\n    expect: { distribution: { a: 1 } }`,
    ["4:15 'distribution' counts repeated requests, and this one is sent once. (Add 'repeat' to the request.)"],
  ],
])('%s is told with its place and a way out', (_name, text, expected) => {
  expect(complaints(text)).toEqual(expected);
});

test('what is no YAML is told where it breaks off', () => {
  const { file, diagnostics } = read('tests: [\n  { name: a');
  expect(file).toBeUndefined();
  expect(diagnostics[0]?.message).toMatch(/^'a.test.yaml' is not valid YAML: /);
  expect(diagnostics[0]?.range?.start.line).toBe(2);
});

test('a mapping takes over what another one has', () => {
  const { file } = read(
    `tests:\n  - name: a\n    request: &r { url: "http://a/", method: PUT }\n  - name: b\n    request: { <<: *r, method: POST }`,
  );
  expect(file?.tests.map(({ steps }) => steps[0]?.action)).toMatchObject([
    { request: { url: 'http://a/', method: 'PUT' } },
    { request: { url: 'http://a/', method: 'POST' } },
  ]);
});

test('a test gets what it leaves out', () => {
  const { file } = read(`tests:\n  - name: a\n    ${request}`);
  expect(file?.tests[0]).toEqual({
    name: 'a',
    tags: [],
    only: false,
    skip: null,
    given: { down: [], answers: {} },
    variables: {},
    keepCookies: false,
    alone: false,
    steps: [
      {
        action: { kind: 'request', request: { url: 'http://a/' } },
        expect: {},
        capture: {},
        path: ['tests', 0],
      },
    ],
    path: ['tests', 0],
  });
});

test.each([
  ['given: { down: [web] }', true],
  ['given: { slow: { web: 1s } }', true],
  ['tags: [a]', false],
  ['alone: true', true],
])('a test with "%s" runs alone: %s', (line, alone) => {
  expect(read(`tests:\n  - name: a\n    ${line}\n    ${request}`).file?.tests[0]?.alone).toBe(alone);
});

test('short forms of given say the same as the long one', () => {
  const given = 'given: { slow: { web: 2s }, status: { web: 503 }, answer: { web: { body: x } } }';
  expect(read(`tests:\n  - name: a\n    ${given}\n    ${request}`).file?.tests[0]?.given).toEqual({
    down: [],
    answers: { web: { delay: '2s', status: 503, body: 'x' } },
  });
});
