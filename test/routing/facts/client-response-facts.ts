import type { RewriteSpec } from '../gateway-fixture.ts';
import type { RequestSpec, ResponseSpec } from '../request-fixture.ts';
import { type Fact, type FactRow, factsAbout, sources } from './fact.ts';
import { rewriting } from './rewriting.ts';

const { rewrite, arm, cookieFlags, rfc9110, websocket, choice } = sources;
const severalCookies = 'Azure/application-gateway-kubernetes-ingress#1730';

function answering(headers: ResponseSpec['headers'], status = 200): RequestSpec {
  return { url: 'http://shop.contoso.com/a?b=c', response: { status, headers } };
}

function to(name: string, value: string | null) {
  return { toClient: { [name]: value } };
}

const passing: readonly FactRow[] = [
  ['headers of the server pass', choice, answering([['X-App', '1']]), to('X-App', '1')],
  ['Server of the server passes', choice, answering([['Server', 'nginx']]), to('Server', 'nginx')],
  [
    'all lines of Set-Cookie pass',
    rfc9110,
    answering([
      ['Set-Cookie', 'a=1'],
      ['Set-Cookie', 'b=2'],
    ]),
    to('Set-Cookie', 'a=1 | b=2'),
  ],
  ['a name with an underscore passes on the way back', rewrite, answering([['X_Y', '1']]), to('X_Y', '1')],
  ['Connection stays here', rfc9110, answering([['Connection', 'close']]), to('Connection', null)],
  ['Keep-Alive stays here', rfc9110, answering([['Keep-Alive', 'timeout=5']]), to('Keep-Alive', null)],
  [
    'Transfer-Encoding stays here',
    rfc9110,
    answering([['Transfer-Encoding', 'chunked']]),
    to('Transfer-Encoding', null),
  ],
  [
    'what Connection names stays here',
    rfc9110,
    answering([
      ['Connection', 'X-Hop'],
      ['X-Hop', '1'],
    ]),
    to('X-Hop', null),
  ],
  ['Content-Length passes', rfc9110, answering([['Content-Length', '5']]), to('Content-Length', '5')],
  [
    'Location passes unchanged',
    choice,
    answering([['Location', 'http://10.0.0.4/x']], 302),
    to('Location', 'http://10.0.0.4/x'),
  ],
  [
    'the answer to a WebSocket handshake keeps Upgrade',
    websocket,
    {
      ...answering(
        [
          ['Connection', 'Upgrade'],
          ['Upgrade', 'websocket'],
        ],
        101,
      ),
      headers: [
        ['Connection', 'Upgrade'],
        ['Upgrade', 'websocket'],
      ],
      isUpgrade: true,
    },
    { toClient: { Upgrade: 'websocket', Connection: 'Upgrade' } },
  ],
];

const fixLocation: RewriteSpec = {
  when: [{ variable: 'http_resp_Location', pattern: '(https?):\\/\\/.*azurewebsites\\.net(.*)$' }],
  response: [['Location', '{http_resp_Location_1}://contoso.com{http_resp_Location_2}']],
};

const twoCookies = [
  ['Set-Cookie', 'cookie1=a; Path=/'],
  ['Set-Cookie', 'cookie2=b'],
] as const;

function matching(
  pattern: string,
  value: string,
  options: { readonly negate?: boolean; readonly ignoreCase?: boolean } = {},
) {
  return rewriting({ response: [['Set-Cookie', value, { pattern, ...options }]] });
}

export const clientResponseFacts: readonly Fact[] = [
  ...factsAbout({ rules: [{ pool: 'web' }] }, passing),
  ...factsAbout(rewriting(fixLocation), [
    [
      'a redirect of the server is fixed',
      rewrite,
      answering([['Location', 'https://app.azurewebsites.net/login?x=1']], 302),
      to('Location', 'https://contoso.com/login?x=1'),
    ],
    [
      'another redirect stays',
      rewrite,
      answering([['Location', 'https://elsewhere.com/']], 302),
      to('Location', 'https://elsewhere.com/'),
    ],
    ['a missing header makes no new one', rewrite, answering([]), to('Location', null)],
  ]),
  ...factsAbout(
    rewriting({
      response: [
        ['Strict-Transport-Security', 'max-age=31536000'],
        ['Server', ''],
      ],
    }),
    [
      ['a security header is added', rewrite, answering([]), to('Strict-Transport-Security', 'max-age=31536000')],
      ['a revealing header is deleted', rewrite, answering([['Server', 'nginx/1.2']]), to('Server', null)],
      ['errors of the server are rewritten too', choice, answering([['Server', 'x']], 500), to('Server', null)],
    ],
  ),
  ...factsAbout(
    rewriting({
      response: [
        ['X-Status', '{var_http_status}'],
        ['X-Uri', '{var_request_uri}'],
        ['X-From', '{http_req_Host}'],
      ],
    }),
    [
      ['the status is known now', rewrite, answering([], 404), to('X-Status', '404')],
      ['the request is still known', rewrite, answering([]), to('X-Uri', '/a?b=c')],
      ['headers of the request are still known', rewrite, answering([]), to('X-From', 'shop.contoso.com')],
    ],
  ),
  ...factsAbout(
    rewriting({ when: [{ variable: 'var_http_status', pattern: '^5' }], response: [['Retry-After', '5']] }),
    [
      ['a condition may look at the status', rewrite, answering([], 503), to('Retry-After', '5')],
      ['and not hold', rewrite, answering([], 200), to('Retry-After', null)],
    ],
  ),
  ...factsAbout(rewriting({ response: [['X-Multi', 'one']] }), [
    [
      'setting a header leaves one line',
      rewrite,
      answering([
        ['X-Multi', 'a'],
        ['X-Multi', 'b'],
      ]),
      to('X-Multi', 'one'),
    ],
  ]),
  ...factsAbout(
    rewriting({
      response: [
        ['Connection', 'x'],
        ['Upgrade', 'x'],
        ['Content-Length', '1'],
        ['Bad Name', 'x'],
      ],
    }),
    [
      ['Connection cannot be rewritten', rewrite, answering([]), to('Connection', null)],
      ['Upgrade cannot be rewritten', rewrite, answering([]), to('Upgrade', null)],
      ['the length cannot be rewritten', choice, answering([['Content-Length', '5']]), to('Content-Length', '5')],
      ['what is no header name is left out', rewrite, answering([]), to('Bad Name', null)],
    ],
  ),
  ...factsAbout(
    rewriting({
      when: [{ variable: 'http_resp_Set-Cookie', pattern: '(.*)' }],
      response: [['Set-Cookie', '{http_resp_Set-Cookie_1}; HttpOnly; Secure']],
    }),
    [
      [
        'a cookie gets flags',
        cookieFlags,
        answering([['Set-Cookie', 'a=1']]),
        to('Set-Cookie', 'a=1; HttpOnly; Secure'),
      ],
      [
        'of several cookies one is left',
        severalCookies,
        answering(twoCookies),
        to('Set-Cookie', 'cookie1=a; Path=/; HttpOnly; Secure'),
      ],
    ],
  ),
  ...factsAbout(matching('cookie2=(.*)', 'cookie2={capt_header_value_matcher_1};Max-Age=3600'), [
    [
      'headerValueMatcher picks one cookie',
      rewrite,
      answering(twoCookies),
      to('Set-Cookie', 'cookie1=a; Path=/ | cookie2=b;Max-Age=3600'),
    ],
    ['and adds none where it picks none', rewrite, answering([['Set-Cookie', 'x=1']]), to('Set-Cookie', 'x=1')],
  ]),
  ...factsAbout(matching('.+', '{capt_header_value_matcher}; Secure'), [
    [
      'headerValueMatcher may pick all',
      rewrite,
      answering(twoCookies),
      to('Set-Cookie', 'cookie1=a; Path=/; Secure | cookie2=b; Secure'),
    ],
  ]),
  ...factsAbout(matching('COOKIE1', '', { ignoreCase: true }), [
    ['an empty value deletes what is picked', arm, answering(twoCookies), to('Set-Cookie', 'cookie2=b')],
  ]),
  ...factsAbout(matching('cookie1', '', { negate: true }), [
    ['negate picks the others', arm, answering(twoCookies), to('Set-Cookie', 'cookie1=a; Path=/')],
  ]),
  ...factsAbout(rewriting({ response: [['X-A', '{http_resp_X-B}']] }, { response: [['X-B', '{http_resp_X-A}']] }), [
    [
      'later rules see the response as it came',
      choice,
      answering([
        ['X-A', 'a'],
        ['X-B', 'b'],
      ]),
      { toClient: { 'X-A': 'b', 'X-B': 'a' } },
    ],
  ]),
  ...factsAbout({ ...rewriting({ response: [['X-A', '1']] }), generation: 'v1' }, [
    ['v1 does not rewrite', rewrite, answering([]), to('X-A', null)],
  ]),
];
