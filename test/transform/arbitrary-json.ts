import fc from 'fast-check'

/** Difficult strings: long, foreign, blank, broken, dates, numbers, tricks with paths. */
export const nastyText = fc.oneof(
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

/** Numbers at the limits of JSON. */
const number = fc.oneof(
  fc.constantFrom(-0, 0, 1e21, 1e-7, 5e-324, -1, 0.5, 2 ** 53),
  fc.double({ noNaN: true }),
)
/** Any JSON value without children. */
export const leaf = fc.oneof(nastyText, number, fc.boolean(), fc.constant(null))

/** Keys that become equal when they are cleaned, that end like numbers and dates, or that belong to a prototype. */
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

/** Any JSON, also with own keys `__proto__` and `constructor`, made by `JSON.parse`. */
export const anyJson = fc.oneof(
  fc.json({ maxDepth: 6 }).map(text => JSON.parse(text) as unknown),
  leaf,
  fc.array(fc.tuple(key, leaf), { maxLength: 8 }).map(objectOf),
)

/** Mostly a leaf, sometimes any JSON. */
export const value = fc.oneof({ weight: 4, arbitrary: leaf }, anyJson)
const fields = fc.array(fc.tuple(key, value), { maxLength: 8 }).map(objectOf)
const manyFields = fc
  .tuple(fc.constantFrom(value, leaf, number), fc.integer({ min: 98, max: 130 }))
  .chain(([each, size]) =>
    fc.array(fc.tuple(fc.oneof(key, fc.uuid()), each), { minLength: size, maxLength: size }),
  )
  .map(objectOf)
/** Values of `properties`: some keys, more keys than Kustomer accepts, or another value. */
export const properties = fc.oneof(
  { weight: 8, arbitrary: fields },
  { weight: 1, arbitrary: manyFields },
  value,
)

function objectOf(entries: [string, unknown][]): unknown {
  // Through JSON text, because an assignment to `__proto__` would set the prototype.
  const written = new Map(
    entries.map(([name, each]) => [name, `${JSON.stringify(name)}:${JSON.stringify(each)}`]),
  )
  return JSON.parse(`{${[...written.values()].join(',')}}`)
}
