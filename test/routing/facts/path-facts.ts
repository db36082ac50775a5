import { type Fact, factsAbout, sources } from './fact.ts';

const { urlRoute, rules, routing, v2, arm, multisite, choice } = sources;
const endOfFolder = 'Azure/application-gateway-kubernetes-ingress#458';
const noSlashBefore = 'MicrosoftDocs/azure-docs#76572';

function paths(...patterns: readonly string[]) {
  return patterns.map((pattern) => ({ name: pattern, paths: [pattern], pool: 'matched' }));
}

const shop = 'http://shop.contoso.com';
const invalidPath = { listener: null, status: 400, errorInfo: 'ERRORINFO_REQUEST_URI_INVALID' } as const;

const patterns: Fact[] = factsAbout(
  { rules: [{ pool: 'default', paths: paths('/images/*', '/video*', '/api/orders', '/a/b/') }] },
  [
    ['/x/* takes what is in the folder', urlRoute, `${shop}/images/cat.png`, { pathRule: '/images/*' }],
    ['/x/* takes what is deeper in the folder', urlRoute, `${shop}/images/a/b/c.png`, { pathRule: '/images/*' }],
    ['/x/* takes the folder itself', routing, `${shop}/images/`, { pathRule: '/images/*' }],
    ['/x/* does not take the name without slash', endOfFolder, `${shop}/images`, { pathRule: null, pool: 'default' }],
    ['/x/* does not take a longer name', urlRoute, `${shop}/images2/cat.png`, { pathRule: null }],
    ['/x* takes the name itself', noSlashBefore, `${shop}/video`, { pathRule: '/video*' }],
    ['/x* takes longer names', noSlashBefore, `${shop}/videos`, { pathRule: '/video*' }],
    ['/x* takes what is in the folder', noSlashBefore, `${shop}/video/1`, { pathRule: '/video*' }],
    ['/x* does not take shorter names', urlRoute, `${shop}/vide`, { pathRule: null }],
    ['a pattern without asterisk is exact', routing, `${shop}/api/orders`, { pathRule: '/api/orders' }],
    ['an exact pattern takes no slash behind it', routing, `${shop}/api/orders/`, { pathRule: null }],
    ['an exact pattern takes nothing below it', routing, `${shop}/api/orders/1`, { pathRule: null }],
    ['an exact pattern with a slash takes just that', urlRoute, `${shop}/a/b/`, { pathRule: '/a/b/' }],
    ['and not the name without it', urlRoute, `${shop}/a/b`, { pathRule: null }],
    ['the query is not looked at', urlRoute, `${shop}/api/orders?page=2`, { pathRule: '/api/orders' }],
    ['a question mark ends the path', urlRoute, `${shop}/api?x=/images/`, { pathRule: null }],
    ['a number sign ends the path', urlRoute, `${shop}/api/orders#top`, { pathRule: '/api/orders' }],
    ['letter case does not matter', urlRoute, `${shop}/IMAGES/cat.png`, { pathRule: '/images/*' }],
    ['letter case does not matter to exact patterns', urlRoute, `${shop}/API/Orders`, { pathRule: '/api/orders' }],
    ['an encoded slash counts as a slash', v2, `${shop}/images%2Fcat.png`, { pathRule: '/images/*' }],
    ['an encoded letter counts as the letter', v2, `${shop}/%69mages/cat.png`, { pathRule: '/images/*' }],
    ['two slashes count as one', choice, `${shop}//images//cat.png`, { pathRule: '/images/*' }],
    ['a segment of one dot does not count', choice, `${shop}/./images/cat.png`, { pathRule: '/images/*' }],
    ['a segment of two dots takes the one before away', choice, `${shop}/x/../images/a`, { pathRule: '/images/*' }],
    ['two dots lead out of a folder', choice, `${shop}/images/../secret`, { pathRule: null }],
    ['encoded dots do the same', choice, `${shop}/images/%2e%2e/secret`, { pathRule: null }],
    ['a path above the root is refused', choice, `${shop}/images/../../images/a`, invalidPath],
    ['so is one above it by encoded dots', choice, `${shop}/%2e%2e/images/a`, invalidPath],
    ['a percent sign without digits is refused', choice, `${shop}/images/%zz`, invalidPath],
    ['so is one at the end', choice, `${shop}/images/%4`, invalidPath],
    ['an encoded null character is refused', choice, `${shop}/images/%00`, invalidPath],
    ['in the query they are not looked at', choice, `${shop}/images/?%zz%00/../..`, { pathRule: '/images/*' }],
    ['what is no UTF-8 stays', choice, `${shop}/images/%ff`, { pathRule: '/images/*' }],
    ['the server sees the bytes of the client', urlRoute, `${shop}/images//%2Fa?b`, { forwarded: '/images//%2Fa?b' }],
    ['the server sees the whole path', urlRoute, `${shop}/images/cat.png`, { forwarded: '/images/cat.png' }],
    ['no pattern leads to the default', rules, `${shop}/other`, { pathRule: null, pool: 'default' }],
    ['the root leads to the default', rules, `${shop}/`, { pathRule: null, pool: 'default' }],
    [
      'the form of OPTIONS that names no path is refused',
      choice,
      { url: shop, target: '*', method: 'OPTIONS' },
      invalidPath,
    ],
  ],
);

const ofV1: Fact[] = factsAbout(
  { generation: 'v1', rules: [{ pool: 'default', paths: paths('/images/*', '/abc%2Fdef') }] },
  [
    ['v1 takes plain paths', urlRoute, `${shop}/images/a`, { pathRule: '/images/*' }],
    ['v1 ignores letter case as well', urlRoute, `${shop}/Images/a`, { pathRule: '/images/*' }],
    ['v1 does not look for what cannot be decoded', choice, `${shop}/images/%zz/../..`, { pathRule: '/images/*' }],
    ['v1 does not decode', v2, `${shop}/images%2Fa`, { pathRule: null }],
    ['v1 compares what is encoded as it is', v2, `${shop}/abc%2Fdef`, { pathRule: '/abc%2Fdef' }],
    ['v1 does not merge slashes', choice, `${shop}//images/a`, { pathRule: null }],
  ],
);

const listed = { rules: [{ pool: 'default', paths: paths('/a*', '/a/b/', '/a/b/c*', '/a/b/*', '/*') }] };

const order: Fact[] = [
  ...factsAbout(listed, [
    ['a wildcard above an exact pattern wins', urlRoute, `${shop}/a/b/`, { pathRule: '/a*' }],
    ['a short prefix above a long one wins', urlRoute, `${shop}/a/b/c`, { pathRule: '/a*' }],
    ['/* takes what the patterns above it leave', urlRoute, `${shop}/z`, { pathRule: '/*' }],
    ['/* takes the root', urlRoute, `${shop}/`, { pathRule: '/*' }],
  ]),
  ...factsAbout({ rules: [{ pool: 'default', paths: paths('/*', '/a') }] }, [
    ['/* above everything hides the rest', urlRoute, `${shop}/a`, { pathRule: '/*' }],
  ]),
  ...factsAbout({ rules: [{ pool: 'default', paths: paths('/a', '/a') }] }, [
    ['of two rules with one pattern the first wins', urlRoute, `${shop}/a`, { pathRule: '/a' }],
  ]),
  ...factsAbout(
    {
      rules: [
        {
          pool: 'default',
          paths: [
            { name: 'first', paths: ['/x/*', '/y/*'], pool: 'one' },
            { name: 'second', paths: ['/y/z', '/z/*'], pool: 'two' },
          ],
        },
      ],
    },
    [
      ['a rule may have several patterns', urlRoute, `${shop}/y/1`, { pathRule: 'first', pool: 'one' }],
      ['all patterns of a rule go before the next rule', urlRoute, `${shop}/y/z`, { pathRule: 'first' }],
      ['later patterns of a later rule count too', urlRoute, `${shop}/z/1`, { pathRule: 'second', pool: 'two' }],
    ],
  ),
  ...factsAbout(
    {
      listeners: [
        { name: 'one', hosts: ['one.contoso.com'] },
        { name: 'two', hosts: ['two.contoso.com'] },
      ],
      rules: [
        { listener: 'one', pool: 'p1', priority: 100, paths: paths('/x/*', '/*') },
        { listener: 'two', pool: 'p2', priority: 1, paths: paths('/*') },
      ],
    },
    [
      ['priority does not reorder path rules', multisite, 'http://one.contoso.com/x/1', { pathRule: '/x/*' }],
      ['a listener knows the paths of its own rule only', rules, 'http://two.contoso.com/x/1', { pathRule: '/*' }],
    ],
  ),
  ...factsAbout(
    listed,
    [
      [
        'exactFirst: an exact pattern wins from below',
        'MicrosoftDocs/azure-docs#88068',
        `${shop}/a/b/`,
        { pathRule: '/a/b/' },
      ],
      ['exactFirst: prefixes go as listed', 'MicrosoftDocs/azure-docs#88068', `${shop}/a/b/c`, { pathRule: '/a*' }],
    ],
    { pathPrecedence: 'exactFirst' },
  ),
  ...factsAbout(
    listed,
    [
      [
        'mostSpecific: the longest prefix wins',
        'MicrosoftDocs/azure-docs#119405',
        `${shop}/a/b/c`,
        { pathRule: '/a/b/c*' },
      ],
      ['mostSpecific: an exact pattern wins', 'MicrosoftDocs/azure-docs#119405', `${shop}/a/b/`, { pathRule: '/a/b/' }],
      [
        'mostSpecific: a shorter one takes the rest',
        'MicrosoftDocs/azure-docs#119405',
        `${shop}/a/b/d`,
        { pathRule: '/a/b/*' },
      ],
    ],
    { pathPrecedence: 'mostSpecific' },
  ),
  ...factsAbout(
    { rules: [{ pool: 'default', paths: paths('/Images/*') }] },
    [
      ['pathCase sensitive: other letters are others', routing, `${shop}/images/a`, { pathRule: null }],
      ['pathCase sensitive: the same letters match', routing, `${shop}/Images/a`, { pathRule: '/Images/*' }],
    ],
    { pathCase: 'sensitive' },
  ),
];

const odd: Fact[] = factsAbout(
  { rules: [{ pool: 'default', paths: paths('/a/*.jpg', '/b/*/c', '/c?x=1', '/d#x', 'e/*') }] },
  [
    ['an asterisk in the middle has no meaning', urlRoute, `${shop}/a/cat.jpg`, { pathRule: null }],
    ['nor between folders', urlRoute, `${shop}/b/1/c`, { pathRule: null }],
    ['what follows a question mark in a pattern is cut', urlRoute, `${shop}/c`, { pathRule: '/c?x=1' }],
    ['what follows a number sign in a pattern is cut', urlRoute, `${shop}/d`, { pathRule: '/d#x' }],
    ['a pattern without a slash at the start takes nothing', urlRoute, `${shop}/e/1`, { pathRule: null }],
  ],
);

const targets: Fact[] = [
  ...factsAbout({ rules: [{ paths: [{ name: 'x', paths: ['/x'], pool: 'p' }] }] }, [
    ['no default and no match: 404', routing, `${shop}/y`, { status: 404, rule: 'rule1' }],
    ['a match does not need a default', routing, `${shop}/x`, { pool: 'p' }],
  ]),
  ...factsAbout({ rules: [{}] }, [['a Basic rule to nowhere: 404', choice, `${shop}/`, { status: 404 }]]),
  ...factsAbout({ rules: [{ pool: 'web', settings: 'special' }] }, [
    ['a Basic rule looks at no path', rules, `${shop}/any/path`, { pool: 'web', settings: 'special', pathRule: null }],
  ]),
  ...factsAbout(
    {
      rules: [{ paths: [{ name: 'x', paths: ['/x/*'], pool: 'p', settings: 's1' }], pool: 'p', settings: 's2' }],
    },
    [
      ['a path rule has settings of its own', rules, `${shop}/x/1`, { settings: 's1' }],
      ['the default has settings of its own', rules, `${shop}/y`, { settings: 's2' }],
    ],
  ),
  ...factsAbout(
    {
      rules: [{ loadDistribution: 'split' }],
      loadDistribution: {
        split: {
          targets: [
            { pool: 'blue', weight: 90 },
            { pool: 'green', weight: 10 },
          ],
        },
      },
    },
    [
      [
        'a load distribution policy takes the place of the pool',
        arm,
        `${shop}/`,
        { forwarded: '/', settings: 'settings' },
      ],
    ],
  ),
];

export const pathFacts: readonly Fact[] = [...patterns, ...ofV1, ...order, ...odd, ...targets];
