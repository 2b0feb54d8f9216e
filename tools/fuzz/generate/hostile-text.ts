import fc from 'fast-check'
import { hostileTexts } from '../../bench/hostile-texts.ts'
import type { marks } from '../oracles/marks.ts'

/** Texts that something may stumble over: paths, dates, numbers, names of built-ins, broken Unicode, other protocols. */
const pieces = [
  ...[
    '',
    ' ',
    '\u00a0',
    '\ufeff',
    '\u0000',
    '\u001b[2J',
    '\u202e',
    '\u200d',
    '\ud83d',
    '\udc00',
    '\ufffe',
    '\uffff',
  ],
  ...[
    '..',
    '/',
    '../users/current',
    '%2e%2e%2f',
    '?replace=true',
    '#x',
    '\r\nx: y',
    '"',
    '\\',
    '`',
    '$(x)',
    '{{x}}',
  ],
  ...[
    'a@b.co',
    'a@b.co,c@d.co',
    'mailto:a@b.co',
    '@',
    'a@b',
    'A@B.CO ',
    'a @b.co',
    'ü@ö.example',
    '+1 555 0100',
  ],
  ...[
    '2020-02-02',
    '2020-02-30',
    '2020-02-02T10:00:00Z',
    '2020-02-02 10:00+0100',
    '0000-01-01 00:00+01:00',
    '1e3',
  ],
  ...[
    'https://a.example',
    'javascript:alert(1)',
    'data:text/html,x',
    '//a.example',
    'a.example:99999',
    'http://[::1].x',
  ],
  ...[
    '__proto__',
    'constructor',
    'toString',
    'null',
    'true',
    'undefined',
    'NaN',
    '-0',
    '42.50',
    'Num',
    'At',
    'xNum',
  ],
  ...['<script>', "' or 1=1 --", '=cmd()', '注文', 'Café', '😀', 'e\u0301', '\u1100\u1161', 'ﷺ', 'ß', 'İ'],
]

const long = fc
  .tuple(fc.constantFrom(...Object.values(hostileTexts)), fc.integer({ min: 4, max: 1_500 }))
  .map(([make, bytes]) => make(bytes))

/** Hostile texts without a mark. */
export const plainText = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...pieces) },
  {
    weight: 2,
    arbitrary: fc.tuple(fc.constantFrom(...pieces), fc.constantFrom(...pieces)).map(two => two.join('x')),
  },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
  { weight: 1, arbitrary: long },
)

/** Hostile texts, most of them with this mark. */
export function hostileText(mark: (typeof marks)[keyof typeof marks]): fc.Arbitrary<string> {
  return fc
    .tuple(plainText, fc.constantFrom(mark, mark, `${mark} `, `${mark}@b.co`, `${mark}.example`, ''))
    .map(two => two.join(''))
}
