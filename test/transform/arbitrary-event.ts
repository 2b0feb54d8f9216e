import fc from 'fast-check'

/** Texts in which the nasty places are: long, foreign, blank, broken, dates, numbers, tricks with paths. */
const nastyText = fc.oneof(
  fc.constantFrom(
    ...[
      '',
      ' ',
      '\u00a0',
      '-',
      '.',
      '..',
      '😀',
      '\ud800',
      'a\udc00',
      '\ufffe',
      '\u0000',
      'Num',
      'At',
      '注文',
      'é',
    ],
    ...[
      '2020',
      '2020-02-02',
      '2020-02-30',
      '2020-02-02T10:00:00Z',
      '2020-02-02 10:00+0100',
      '9999-99-99',
      '42.50',
    ],
    ...[
      'x/../../users/current',
      'a#b?c',
      'a%2fb',
      'true',
      'Male',
      'f ',
      '__proto__',
      'constructor',
      'toString',
    ],
    ...[
      'a@b.co',
      'A@B.CO ',
      'a+b@c.d',
      'a@b',
      '@',
      'a @b.co',
      'http://a.example',
      'a.example/x',
      'u@a.example',
    ],
    ...['https://a.b\\c', '//a.example', 'https://a.b:99999', 'http://[::1].x', 'https://a.b\ud800'],
  ),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({ maxLength: 12 }),
  fc.tuple(fc.constantFrom('x', '😀', 'é ', '-', ' ', '注'), fc.nat(1200)).map(([unit, n]) => unit.repeat(n)),
)

const number = fc.oneof(
  fc.constantFrom(-0, 0, 1e21, 1e-7, 5e-324, -1, 0.5, 2 ** 53),
  fc.double({ noNaN: true }),
)
const leaf = fc.oneof(nastyText, number, fc.boolean(), fc.constant(null))

/** Keys that fall together when they are cleaned, end like numbers and dates, or belong to a prototype. */
const key = fc.oneof(
  fc.constantFrom(
    ...[
      'a b',
      'a.b',
      'a-b',
      'a/b',
      'a b Num',
      'a-bNum',
      'a-b_2Num',
      'id',
      'id_',
      'idNum',
      'At',
      'Num',
      'createdAt',
    ],
    ...[
      'eventName',
      'messageId',
      'originalTimestampAt',
      'originalTimestamp',
      'email',
      ' Email ',
      '$EMAIL',
      '',
    ],
    ...[
      '__proto__',
      'constructor',
      'kustomerSessionId',
      'kustomer_tracking_id',
      'event',
      'name',
      'planStr',
      'plan',
    ],
    ...['xTxt', 'xNum', 'xBool', 'xUrl', 'xTree', 'xId', 'seenAt'],
  ),
  nastyText,
)

/** Any JSON, also with own keys `__proto__` and `constructor`: it went through `JSON.parse`. */
export const anyJson = fc.oneof(
  fc.json({ maxDepth: 6 }).map(text => JSON.parse(text) as unknown),
  leaf,
  fc.array(fc.tuple(key, leaf), { maxLength: 8 }).map(objectOf),
)

const value = fc.oneof({ weight: 4, arbitrary: leaf }, anyJson)
const fields = fc.array(fc.tuple(key, value), { maxLength: 8 }).map(objectOf)
const manyFields = fc
  .tuple(fc.constantFrom(value, leaf, number), fc.integer({ min: 98, max: 130 }))
  .chain(([each, size]) =>
    fc.array(fc.tuple(fc.oneof(key, fc.uuid()), each), { minLength: size, maxLength: size }),
  )
  .map(objectOf)
const properties = fc.oneof({ weight: 8, arbitrary: fields }, { weight: 1, arbitrary: manyFields }, value)

/** An object with each of these keys, each sometimes missing and sometimes something else. */
function record(model: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<object> {
  const all = Object.entries(model).map(
    ([name, arbitrary]) =>
      [name, fc.oneof({ weight: 5, arbitrary }, { weight: 1, arbitrary: value })] as const,
  )
  return fc.record(Object.fromEntries(all), { requiredKeys: [] })
}

const several = (item: fc.Arbitrary<unknown>) => fc.oneof(item, fc.array(item, { maxLength: 13 }))
const type = fc.constantFrom('home', ' Work', 'mobile', 'OTHER', 'twitter', 'Facebook ', 'tiktok', '', null)
const address = (name: string) =>
  several(fc.oneof(nastyText, record({ [name]: nastyText, type, verified: leaf })))
const texts = (...names: string[]) => record(Object.fromEntries(names.map(name => [name, nastyText])))

const traits = record({
  ...Object.fromEntries(
    [
      ...[
        'name',
        'firstName',
        'lastname',
        'userName',
        'username',
        'createdAt',
        'createdat',
        'signedUpAt',
        'lastSeenAt',
      ],
      ...[
        'lastActivityAt',
        'importedAt',
        'dob',
        'birthday',
        'avatar',
        'gender',
        'locale',
        'email',
        'phone',
        'website',
      ],
      ...['timeZone', 'defaultLanguage', 'rev', 'userId', 'id'],
    ].map(name => [name, leaf]),
  ),
  company: fc.oneof(leaf, texts('name')),
  tags: several(leaf),
  emails: address('email'),
  phones: address('phone'),
  whatsapps: address('phone'),
  socials: several(record({ type, username: nastyText, userid: leaf, url: nastyText, verified: leaf })),
  facebookIds: several(texts('pageId', 'userId', 'name')),
  instagramIds: several(texts('pageId', 'threadId', 'username', 'instagramId')),
  address: fc.oneof(nastyText, texts('street', 'city', 'state', 'postalCode', 'zip', 'country')),
  customObject: properties,
  sentiment: record({ polarity: fc.constantFrom(-1, 0, 1, -0, 2), confidence: fc.double({ noNaN: true }) }),
})

const context = record({
  traits,
  locale: leaf,
  sessionId: leaf,
  externalId: fc.array(record({ type: fc.constant('kustomerId'), id: nastyText }), { maxLength: 2 }),
})

/** An event as RudderStack might send it, after whatever a user transformation did to it. */
export const plausibleEvent = fc
  .tuple(
    fc.constantFrom('identify', 'track', 'page', 'screen', 'TRACK'),
    record({ userId: nastyText, anonymousId: nastyText, event: nastyText, name: nastyText }),
    record({ messageId: leaf, originalTimestamp: nastyText, traits, context, properties }),
  )
  .map(([each, who, what]) =>
    JSON.parse(JSON.stringify({ type: each, userId: 'u1', event: 'E', ...who, ...what })),
  )

/** All settings that change a call. */
export const settings = fc.record({
  advancedTransform: fc.boolean(),
  setIdentityEmail: fc.boolean(),
  disableEmailAsTrackingProperty: fc.boolean(),
  genericPage: fc.boolean(),
  genericScreen: fc.boolean(),
  stampEvents: fc.boolean(),
})

function objectOf(entries: [string, unknown][]): unknown {
  // By way of a text: an assignment to `__proto__` would set the prototype.
  const written = new Map(
    entries.map(([name, each]) => [name, `${JSON.stringify(name)}:${JSON.stringify(each)}`]),
  )
  return JSON.parse(`{${[...written.values()].join(',')}}`)
}
