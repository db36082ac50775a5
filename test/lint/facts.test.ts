import { expect, test } from 'vitest';
import { hostPatternCovers } from '../../src/lint/facts/host-pattern.ts';
import { contains, isReserved, parseIpv4, parseIpv4Range } from '../../src/lint/facts/ipv4.ts';
import { quotedList } from '../../src/lint/facts/names.ts';
import { pathPatternCovers } from '../../src/lint/facts/path-pattern.ts';
import { loneBracesIn } from '../../src/lint/facts/rewrite-placeholders.ts';
import { matchHost } from '../../src/routing/match-host.ts';

test.each([
  ['contoso.com', 'CONTOSO.com', true],
  ['*.contoso.com', 'www.contoso.com', true],
  ['*.contoso.com', 'a.b.contoso.com', true],
  ['*.contoso.com', 'contoso.com', false],
  ['*.contoso.com', '*.shop.contoso.com', true],
  ['*.shop.contoso.com', '*.contoso.com', false],
  ['*.contoso.com', '?.contoso.com', true],
  ['?.contoso.com', '*.contoso.com', false],
  ['w??.contoso.com', 'www.contoso.com', true],
  ['*.contoso.*', '*.contoso.com', true],
  ['*', 'anything.example', true],
])('host pattern %s covers %s: %s', (wide, narrow, expected) => {
  expect(hostPatternCovers(wide, narrow)).toBe(expected);
});

test('a pattern that covers another one matches all that the other matches', () => {
  const patterns = ['*.a.b', '*.b', 'a.b', '?.a.b', '*.*.b', 'x*.b', '*x.a.b', '??.b'];
  const hosts = ['a.b', 'x.b', 'xx.b', 'x.a.b', 'y.a.b', 'xy.a.b', 'yx.a.b', 'x.y.a.b', 'x.y.b'];
  for (const wide of patterns) {
    for (const narrow of patterns.filter((pattern) => hostPatternCovers(wide, pattern))) {
      const lost = hosts.filter((host) => matchHost(narrow, host) && !matchHost(wide, host));
      expect(lost, `${wide} covers ${narrow}`).toEqual([]);
    }
  }
});

test('many asterisks take no time', () => {
  expect(hostPatternCovers('*a'.repeat(200), `${'a'.repeat(2000)}b`)).toBe(false);
});

test.each([
  ['/images/*', '/images/small/*', true],
  ['/images/*', '/Images/cat.png', true],
  ['/images/*', '/images', false],
  ['/images*', '/images', true],
  ['/images*', '/images/*', true],
  ['/images/*', '/images*', false],
  ['/images/', '/images/*', false],
  ['/images', '/IMAGES', true],
  ['/*', '/anything', true],
])('path pattern %s covers %s: %s', (wide, narrow, expected) => {
  expect(pathPatternCovers(wide, narrow)).toBe(expected);
});

test.each([
  ['10.0.0.4', 167_772_164],
  ['255.255.255.255', 4_294_967_295],
  ['10.0.0.256', undefined],
  ['fd00::1', undefined],
  ['10.0.0', undefined],
])('reads the address %s', (address, expected) => expect(parseIpv4(address)).toBe(expected));

test.each([
  ['10.0.0.0/24', '10.0.0.3', true],
  ['10.0.0.0/24', '10.0.0.4', false],
  ['10.0.0.0/24', '10.0.0.255', true],
  ['10.0.0.128/26', '10.0.0.131', true],
  ['10.0.0.128/26', '10.0.0.190', false],
])('of %s Azure keeps %s: %s', (range, address, expected) => {
  const parsed = parseIpv4Range(range);
  const number = parseIpv4(address);
  if (parsed === undefined || number === undefined) throw new Error('not an address');
  expect(contains(parsed, number)).toBe(true);
  expect(isReserved(number, parsed)).toBe(expected);
});

test.each(['10.0.0.0', '10.0.0.0/33', 'fd00::/8', '10.0.0.0/x', ''])('%s is no range', (range) => {
  expect(parseIpv4Range(range)).toBeUndefined();
});

test.each([
  [[], 'none'],
  [['a'], "'a'"],
  [['a', 'b'], "'a' and 'b'"],
  [['a', 'b', 'c'], "'a', 'b' and 'c'"],
])('lists %j', (names, expected) => expect(quotedList(names)).toBe(expected));

test.each([
  ['{var_host', ['{var_host closes']],
  ['https://{var_host/{var_uri_path}', ['{var_host closes']],
  ['{http_req_X-Forwarded-For, {var_client_ip}', ['{http_req_X-Forwarded-For closes']],
  ['var_host}', ['var_host} opens']],
  ['a{var_host} var_port}', ['var_port} opens']],
  ['{capt_header_value_matcher_1', ['{capt_header_value_matcher_1 closes']],
  ['{var_host}{http_resp_Location_1}', []],
  ['{var_host?}', []],
  ['{ var_host }', []],
  ['{"var_host": 1}', []],
  ['my-var_host}', []],
  ['var_host', []],
  ['{other', []],
])('%s: lone braces %j', (text, expected) => {
  expect(loneBracesIn(text).map(({ written, missing }) => `${written} ${missing}`)).toEqual(expected);
});
