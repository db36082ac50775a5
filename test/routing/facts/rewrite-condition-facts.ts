import type { GatewaySpec } from '../gateway-fixture.ts';
import { type Fact, type FactRow, factsAbout, sources } from './fact.ts';
import { didNotRun, marked, ran, rewriting } from './rewriting.ts';

const { rewrite, rewriteProblems, arm, choice } = sources;
const shop = 'http://shop.contoso.com';

function whenHeader(pattern: string, options: { readonly ignoreCase?: boolean; readonly negate?: boolean } = {}) {
  return rewriting({ when: [{ variable: 'http_req_X-Test', pattern, ...options }], ...marked });
}

function sending(value: string) {
  return { url: `${shop}/`, headers: [['X-Test', value]] } as const;
}

const conditions: Fact[] = [
  ...factsAbout(rewriting(marked), [['a rule without conditions always runs', rewrite, `${shop}/`, ran]]),
  ...factsAbout(whenHeader('abc'), [
    ['a pattern is searched for anywhere', choice, sending('xabcx'), ran],
    ['a pattern that is nowhere does not hold', rewrite, sending('xyz'), didNotRun],
    ['letter case counts unless told otherwise', arm, sending('ABC'), didNotRun],
  ]),
  ...factsAbout(whenHeader('^abc$'), [
    ['anchors hold the whole value', rewrite, sending('abc'), ran],
    ['anchors refuse a longer one', rewrite, sending('abcd'), didNotRun],
  ]),
  ...factsAbout(whenHeader('abc', { ignoreCase: true }), [['ignoreCase ignores case', arm, sending('ABC'), ran]]),
  ...factsAbout(whenHeader('abc', { negate: true }), [
    ['negate turns a match down', arm, sending('abc'), didNotRun],
    ['negate holds where nothing matches', arm, sending('xyz'), ran],
  ]),
  ...factsAbout(whenHeader('.+'), [
    ['a missing header is empty', choice, `${shop}/`, didNotRun],
    ['a header that is there is not', choice, sending('x'), ran],
  ]),
  ...factsAbout(whenHeader('.+', { negate: true }), [
    ['a negated condition finds that a header is missing', choice, `${shop}/`, ran],
    ['and that it is not', choice, sending('x'), didNotRun],
  ]),
  ...factsAbout(whenHeader(' abc'), [['blanks in a pattern count', rewriteProblems, sending('abc'), didNotRun]]),
  ...factsAbout(whenHeader('/abc/'), [['slashes around a pattern are part of it', rewrite, sending('abc'), didNotRun]]),
  ...factsAbout(whenHeader('a(?!b)'), [
    ['RE2 knows no look-ahead: the rule never runs', rewrite, sending('ac'), didNotRun],
  ]),
  ...factsAbout(whenHeader('(a)\\1'), [['RE2 knows no back-reference', rewrite, sending('aa'), didNotRun]]),
  ...factsAbout(whenHeader('(a+)+$'), [
    ['no pattern takes forever', rewrite, sending(`${'a'.repeat(5000)}b`), didNotRun],
  ]),
  ...factsAbout(
    rewriting({
      when: [
        { variable: 'http_req_X-Test', pattern: 'a' },
        { variable: 'var_http_method', pattern: '^DELETE$' },
      ],
      ...marked,
    }),
    [
      ['all conditions have to hold', rewrite, sending('a'), didNotRun],
      ['and then the rule runs', rewrite, { ...sending('a'), method: 'DELETE' }, ran],
    ],
  ),
  ...factsAbout(rewriting({ when: [{ variable: 'http_req_x-test', pattern: 'a' }], ...marked }), [
    ['a header is found in any case', sources.rfc9110, sending('a'), ran],
  ]),
  ...factsAbout(rewriting({ when: [{ variable: 'http_resp_Server', pattern: '.' }], ...marked }), [
    ['there is no response yet when the request is rewritten', choice, `${shop}/`, didNotRun],
  ]),
  ...factsAbout(rewriting({ when: [{ variable: 'nonsense', pattern: '' }], ...marked }), [
    ['a condition on nothing known never holds', choice, `${shop}/`, didNotRun],
  ]),
];

function capturing(value: string, variable = 'http_req_X-Test', pattern = '(\\w+)-(\\w+)?'): GatewaySpec {
  return rewriting({ when: [{ variable, pattern }], request: [['X-Out', value]] });
}

const captures: Fact[] = (
  [
    ['{http_req_X-Test_1}', 'one', 'a group is filled in', rewrite],
    ['{http_req_X-Test_2}.{http_req_X-Test_1}', 'two.one', 'text and groups mix', rewrite],
    ['{http_req_X-Test}', 'one-two', 'without a number the whole value is filled in', rewrite],
    ['{http_req_X-Test_0}', 'one-two', 'group 0 is the match', choice],
    ['[{http_req_X-Test_3}]', '[]', 'a group that is not there is empty', rewrite],
    ['[{http_req_x-test_1}]', '[]', 'a capture needs the letter case of its condition', rewrite],
    [
      '{http_req_x_test}',
      'one-two',
      'underscores stand for hyphens where no number follows',
      'MicrosoftDocs/azure-docs#64826',
    ],
    ['{"json": {1}}', '{"json": {1}}', 'other braces are text', choice],
    ['[{var_nonsense}]', '[]', 'an unknown variable is empty', choice],
    ['a{http_req_None}b', 'ab', 'a placeholder for a missing header is empty', choice],
  ] as const
).flatMap(([value, expected, name, source]) => {
  const row: FactRow = [name, source, sending('one-two'), { toServer: { 'X-Out': expected } }];
  return factsAbout(capturing(value), [row]);
});

const moreCaptures: Fact[] = [
  ...factsAbout(capturing('[{http_req_X-Test_2}]'), [
    ['a group that took no part is empty', rewrite, sending('one-'), { toServer: { 'X-Out': '[]' } }],
  ]),
  ...factsAbout(capturing('{http_req_X-Test_1}', 'http_req_X-Test', '\\w+'), [
    ['a pattern without parentheses has no group', rewriteProblems, sending('one'), { toServer: { 'X-Out': null } }],
  ]),
  ...factsAbout(
    rewriting(
      { when: [{ variable: 'http_req_X-Test', pattern: '(.*)' }], request: [['X-A', '{http_req_X-Test_1}']] },
      { request: [['X-B', '[{http_req_X-Test_1}]']] },
    ),
    [['captures belong to their own rule', choice, sending('v'), { toServer: { 'X-A': 'v', 'X-B': '[]' } }]],
  ),
  ...factsAbout(
    rewriting({
      when: [
        { variable: 'var_uri_path', pattern: '^/([^/]+)' },
        { variable: 'var_query_string', pattern: 'id=(\\d+)' },
      ],
      path: '/{var_query_string_1}/{var_uri_path_1}',
    }),
    [['several conditions capture side by side', rewrite, `${shop}/shirts?id=7`, { forwarded: '/7/shirts?id=7' }]],
  ),
];

export const rewriteConditionFacts: readonly Fact[] = [...conditions, ...captures, ...moreCaptures];
