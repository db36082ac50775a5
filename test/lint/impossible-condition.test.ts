import { describe, expect, test } from 'vitest';
import { onlyMatch, whyNever } from '../../src/lint/facts/impossible-condition.ts';

const known = new Map([
  ['var_request_scheme', ['http']],
  ['var_server_port', ['80', '8080']],
  ['var_http_status', Array.from({ length: 500 }, (_, index) => String(100 + index))],
]);

function why(variable: string, pattern: string, { ignoreCase = false, negate = false } = {}): string | undefined {
  return whyNever({ variable, pattern, ignoreCase, negate, origin: { path: '', span: undefined } }, known);
}

describe('no request', () => {
  test.each([
    ['var_uri_path', '^api/', "it begins with '/', and '^api/' asks for 'a' there"],
    ['var_request_uri', '^https://www', "it begins with '/', and '^https://www' asks for 'h' there"],
    [
      'var_uri_path',
      '/x\\?a=1',
      "it ends before the '?' that '/x\\?a=1' asks for; that is in 'var_query_string' or 'var_request_uri'",
    ],
    ['var_query_string', '^\\?a=1', "it has no '?' in front, which '^\\?a=1' asks for"],
    ['var_http_method', '^get$', "methods are written in capitals, and '^get$' is not; set 'ignoreCase'"],
    ['var_request_scheme', '^https$', "it is always 'http' here, which '^https$' does not match"],
    ['var_server_port', '^443$', "it is always '80' and '8080' here, which '^443$' does not match"],
    ['var_http_status', '5xx', "no status fits '5xx'"],
  ])('has a %s that matches %s', (variable, pattern, expected) => {
    expect(why(variable, pattern)).toBe(expected);
  });

  test('fails to match a negated pattern that matches everything', () => {
    expect(why('var_host', '.*', { negate: true })).toBe("it is negated, and '.*' matches everything");
  });
});

describe('a request may', () => {
  test.each([
    ['var_uri_path', '^/api/'],
    ['var_uri_path', '^/?api'],
    ['var_uri_path', '^a?/api'],
    ['var_uri_path', '^[/]api'],
    ['var_uri_path', '^(/api|/v1)'],
    ['var_uri_path', '^api|^/api'],
    ['var_uri_path', 'api/'],
    ['var_uri_path', '^.api'],
    ['var_uri_path', '/x\\??'],
    ['var_uri_path', '[\\?]|x'],
    ['var_request_uri', '\\?a=1'],
    ['var_query_string', 'a=1'],
    ['var_http_method', '^PURGE$'],
    ['var_request_scheme', 'http'],
    ['var_server_port', '80'],
    ['var_http_status', '^50[0-9]$'],
    ['var_host', '^api'],
    ['var_uri_path', '^(?!/api)'],
  ])('have a %s that matches %s', (variable, pattern) => {
    expect(why(variable, pattern)).toBeUndefined();
  });

  test.each([
    ['var_http_method', '^get$', { ignoreCase: true }],
    ['var_uri_path', '^api/', { negate: true }],
    ['var_host', '^.*\\.com$', { negate: true }],
  ] as const)('fit %s %s with %j', (variable, pattern, options) => {
    expect(why(variable, pattern, options)).toBeUndefined();
  });
});

test.each([
  ['^contoso\\.com$', 'contoso.com'],
  ['^/a-b$', '/a-b'],
  ['^contoso.com$', undefined],
  ['^a|b$', undefined],
  ['contoso', undefined],
  ['^a\\d$', undefined],
])('%s matches one text: %s', (pattern, text) => {
  expect(onlyMatch(pattern)).toBe(text);
});
