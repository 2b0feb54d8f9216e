/** A date-time that exists only in leap years. */
export const date = '2020-02-29T23:59:59.123Z'

const tooMany = (item: unknown, count = 11) => Array.from({ length: count }, () => item)
const distinct = (count: number) => Array.from({ length: count }, (_, i) => `t${i}`)

/** So many properties; their names differ only in a number and end in the suffix. */
export const many = (count: number, suffix = '') =>
  Object.fromEntries(distinct(count).map(name => [`${name}k${suffix}`, 'x']))

/** By attribute of a customer: what is accepted, then what is refused. */
export const attributes: [string, unknown[], unknown[]][] = [
  ['name', ['', 'x'.repeat(256), '😀'.repeat(128)], ['x'.repeat(257), '😀'.repeat(129), 5, null]],
  ['username', ['u'], ['x'.repeat(257), true]],
  ['company', ['Acme', '57d9d3a1e4b0c6a5f8e21b70'], [{ name: 'Acme' }, 1]],
  ['externalId', ['6', 'x'.repeat(256)], ['', 'x'.repeat(257), 6]],
  [
    'externalIds',
    [[], [{ externalId: 'a', verified: true }]],
    [[{ externalId: '' }], [{ verified: true }], ['a']],
  ],
  ['sharedExternalIds', [[{ externalId: 'a' }]], [tooMany({ externalId: 'a' })]],
  [
    'birthdayAt',
    [date, '2020-02-02T00:00:00+01', '2020-02-02T00:00:00-0130'],
    ['2020-02-02', '2021-02-29T00:00:00Z'],
  ],
  ['createdAt', [date, '12020-01-01T00:00:00Z'], [1580601600, '2020-02-02T24:00:00Z', '2020-02-02T00:00:00']],
  ['signedUpAt', [date], ['2020-13-01T00:00:00Z', '2020-00-01T00:00:00Z', '2020-01-00T00:00:00Z']],
  ['lastActivityAt', [date], ['2020-01-01T00:60:00Z', '2020-01-01T00:00:60Z', '2020-01-01T00:00:00+24:00']],
  ['lastCustomerActivityAt', [date], ['2020-01-01T00:00:00+01:60', '1900-02-29T00:00:00Z']],
  ['lastSeenAt', [date], ['yesterday']],
  ['importedAt', [date], [`${date}\n`]],
  ['avatarUrl', ['https://a.b/c.png'], ['a.b/c.png', 'https://a b', '', null]],
  [
    'emails',
    [[{ email: 'a+b@c.d', type: 'home', verified: false }]],
    [[{ email: 'a' }], [{ type: 'home' }], ['a@b.c']],
  ],
  [
    'emails',
    [tooMany({ email: 'a@b.c' }, 10)],
    [tooMany({ email: 'a@b.c' }), [{ email: 'a@b.c', type: 'mobile' }]],
  ],
  ['sharedEmails', [[{ email: 'a@b.c', type: 'other' }]], [[{ email: 'a@b.c', note: 1 }]]],
  ['phones', [[{ phone: '+1', type: 'fax' }]], [[{ phone: 1 }], [{ phone: '1', type: 'x' }], {}]],
  ['sharedPhones', [[{ phone: '+1' }]], [[{}]]],
  ['whatsapps', [[{ phone: '+1', type: 'mobile' }]], [[{ phone: '+1', type: 'home' }]]],
  ['facebookIds', [[{ pageId: 'p', userId: 'u', name: 'n' }]], [[{ pageId: 'p' }]]],
  [
    'instagramIds',
    [[{ pageId: 'p', threadId: 't', username: 'u', instagramId: 'i' }]],
    [[{ pageId: 'p', threadId: 't' }]],
  ],
  [
    'socials',
    [[{ type: 'twitter', username: 'u', userid: '1', url: 'https://x.y', verified: true }]],
    [
      [{ type: 'myspace', username: 'u' }],
      [{ type: 'twitter', username: '' }],
      [{ type: 'twitter', username: 'u', url: 'x' }],
    ],
  ],
  ['sharedSocials', [[{ type: 'linkedin', username: 'u' }]], [[{ username: 'u' }]]],
  ['urls', [[{ url: 'a.b', type: 'blog' }]], [[{ url: 'a.b', type: 'home' }], [{}]]],
  [
    'locations',
    [
      [{}],
      [
        {
          type: 'work',
          address: 'x'.repeat(256),
          countryCode: 'DE',
          regionCode: 'B',
          latitude: 1.5,
          zipCode: '1',
        },
      ],
    ],
    [
      [{ address: 'x'.repeat(257) }],
      [{ countryCode: 'D' }],
      [{ regionCode: 'BER' }],
      [{ latitude: '1' }],
      [{ city: 'B' }],
    ],
  ],
  ['locale', ['en_US'], ['x'.repeat(17)]],
  ['timeZone', ['Europe/Berlin'], ['x'.repeat(65)]],
  ['defaultLang', ['en'], ['x'.repeat(101)]],
  [
    'tags',
    [distinct(20), ['a b', '_/<>-.9', 'x'.repeat(64)]],
    [distinct(21), ['a', 'a'], [''], [' a'], ['a '], ['é'], ['x'.repeat(65)]],
  ],
  [
    'sentiment',
    [{ polarity: -1, confidence: 0.5 }],
    [{ polarity: 1 }, { polarity: 0.5, confidence: 0 }, { polarity: 0, confidence: 2 }],
  ],
  ['gender', ['m', 'f'], ['male', 'M', '']],
  [
    'custom',
    [
      {},
      {
        aStr: 'x'.repeat(1024),
        aNum: 1,
        anAt: date,
        aBool: false,
        aUrl: 'https://a.b',
        anId: 'i',
        aTree: 'a.b',
      },
      { aStr: null },
    ],
    [
      { aStr: 1 },
      { aTxt: 'x'.repeat(1025) },
      { aNum: '1' },
      { anAt: '2020' },
      { aBool: 'x' },
      { aUrl: 'x' },
      { other: 1 },
      [],
    ],
  ],
  ['custom', [many(100, 'Str')], [many(101, 'Str'), null]],
  ['rev', [35], ['35']],
]
