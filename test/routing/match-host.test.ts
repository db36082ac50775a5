import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { coversHosts, matchHost } from '../../src/routing/match-host.ts';

// https://learn.microsoft.com/azure/application-gateway/multiple-site-overview
test.each([
  ['*.contoso.com', 'a.contoso.com', true],
  ['*.contoso.com', 'a.b.contoso.com', true],
  ['*.contoso.com', 'contoso.com', false],
  ['*.contoso.com', '.contoso.com', false],
  ['*.contoso.*', 'www.contoso.co.uk', true],
  ['*.contoso-*.com', 'www.contoso-eu.com', true],
  ['*.contoso-*.com', 'www.contoso-.com', false],
  ['????.contoso.com', 'west.contoso.com', true],
  ['????.contoso.com', 'a.bc.contoso.com', true],
  ['????.contoso.com', 'we.contoso.com', false],
  ['w??.contoso*.edu.*', 'www.contoso1.edu.au', true],
  ['*', 'contoso.com', true],
  ['*', 'con_toso', false],
  ['shop.contoso.com', 'SHOP.contoso.com', true],
  ['SHOP.contoso.com', 'shop.contoso.com', true],
  ['shop.contoso.com', 'shopXcontoso.com', false],
  ['*a', 'ba', true],
  ['*a', 'aaa', true],
  ['*aab', 'aaaab', true],
  ['a*', 'a', false],
])('%s matches %s: %s', (pattern, host, expected) => expect(matchHost(pattern, host)).toBe(expected));

test('many wildcards do not take long', () => {
  expect(matchHost('*a'.repeat(50), `${'a'.repeat(5000)}b`)).toBe(false);
});

describe('which pattern covers which', () => {
  test.each([
    [null, null, true],
    [null, '*.contoso.com', true],
    ['*.contoso.com', null, false],
    ['*.contoso.com', '*.contoso.com', true],
    ['*.com', '*.contoso.com', true],
    ['*.contoso.com', '*.com', false],
    ['*.contoso.com', '?.contoso.com', true],
    ['?.contoso.com', '*.contoso.com', false],
    ['*', '*_a', false],
  ])('%s covers %s: %s', (pattern, other, expected) => expect(coversHosts(pattern, other)).toBe(expected));

  test('what covers a pattern matches every name that it matches', () => {
    const pattern = fc.stringMatching(/^[ab.?*]{1,5}$/);
    const name = fc.stringMatching(/^[ab.]{1,6}$/);
    let covered = 0;
    fc.assert(
      fc.property(pattern, pattern, name, (one, other, host) => {
        if (!coversHosts(one, other) || !matchHost(other, host)) return;
        covered += 1;
        expect(matchHost(one, host)).toBe(true);
      }),
      { numRuns: 20_000 },
    );
    expect(covered).toBeGreaterThan(50);
  });
});
