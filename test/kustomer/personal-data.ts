/** Sixty texts that must never be kept: names, addresses, numbers, ids, attribute names of a sender, keys. */
export const tokens = [
  ...[
    'Quorrin Zylphax',
    'Ōkuma Żółwik',
    'Zoë Ängström',
    "Siobhán O'Dwyrr",
    'Wójtzk',
    'Xiuqing Vyx',
    'Дарья Жук',
  ],
  ...[
    '李雪燕',
    'محمد الزقزوق',
    'Nguyễn Thị Hằng',
    'Jo',
    '😀 Brvka',
    'Pqx & Sons',
    '<b>Vrotz</b>',
    'Kw"oted Gzim',
  ],
  ...['quorrin.z@zylphax.example', 'q+tag@zylphax.example', 'UPPER@ZYLPHAX.EXAMPLE', '"q z"@zylphax.example'],
  ...[
    'zoë@ängström.example',
    'q@[192.0.2.77]',
    'mailto:q77@zylphax.example',
    'q%40zylphax.example',
    'qz@xn--ngstrm-eua5l.example',
  ],
  ...[
    '+1 555 010 4477',
    '+15550104477',
    '(555) 010-4477',
    '555.010.4477',
    '0049-30-901820-77',
    '٠١٢٣٤٥٦٧٨٩',
    '5550104477',
  ],
  ...[
    '77 Vrotzgasse, 8810 Wójtzk',
    'Apt. 77-Q',
    'ZQ7 7XQ',
    '192.0.2.77',
    '2001:db8::77ff',
    '48.20849, 16.37208',
  ],
  ...[
    'usr_77f0zq',
    '58210c3db0f09110006b7953',
    '0b7e4f6a-77aa-4c1e-9f55-d1a3b5c7e9f1',
    '#7741993',
    '123-45-6789',
  ],
  ...[
    '4111 1111 1111 1111',
    'AT61 1904 3002 3457 3201',
    '1977-07-17',
    '1977-07-17T07:17:07Z',
    'Vrotz GmbH & Co. KG',
  ],
  ...[
    'quorrinZylphaxStr',
    'zylphax_secretBool',
    'zylphaxNum',
    'quorrinTxt',
    'zylphaxLikesQwpAt',
    '__zylphax__',
  ],
  ...[
    'Bearer eyJhbGciOi.J9zylphax.q77',
    'eyJhbGciOi.J9zylphax.q77',
    'the-kustomer-key-77zq',
    'https://zylphax.example/?u=quorrin',
  ],
  ...[
    'gender: nonbinaryq',
    'I am Quorrin, help with order 7741993!',
    '1.77.7-zq',
    'C:\\Users\\quorrin',
    'quorrin/zylphax',
  ],
]

const spread = (text: string, between: string) => [...text].join(between)
const codeUnits = (text: string) => Array.from({ length: text.length }, (_, i) => text.charCodeAt(i))
const hex = (unit: number) => unit.toString(16).padStart(4, '0')

/** Twenty ways to write a text. */
export const spellings: Record<string, (text: string) => string> = {
  'as it is': text => text,
  'in upper case': text => text.toUpperCase(),
  'in lower case': text => text.toLowerCase(),
  'URL-encoded': text => encodeURIComponent(text),
  'URL-encoded twice': text => encodeURIComponent(encodeURIComponent(text)),
  'HTML-escaped': text => text.replace(/[^a-z0-9]/gi, sign => `&#${sign.codePointAt(0)};`),
  'in \\u': text =>
    codeUnits(text)
      .map(unit => `\\u${hex(unit)}`)
      .join(''),
  'in JSON in JSON': text => JSON.stringify(JSON.stringify({ value: text })),
  truncated: text => `${text.slice(0, Math.ceil(text.length * 0.7))}…`,
  'without its beginning': text => `…${text.slice(Math.floor(text.length * 0.3))}`,
  'split by blanks': text => spread(text, ' '),
  'split by lines': text => spread(text, '\n'),
  'split by zero-width signs': text => spread(text, '\u200b'),
  'in other order': text => text.split(/[ @.]/).reverse().join(', '),
  backwards: text => [...text].reverse().join(''),
  'in NFD': text => text.normalize('NFD'),
  'in NFKC': text => text.normalize('NFKC'),
  'in base64': text => Buffer.from(text).toString('base64'),
  'in base64url': text => Buffer.from(text).toString('base64url'),
  'in hex': text => Buffer.from(text).toString('hex'),
}

const item = (error: object) => ({ errors: [{ status: 400, code: 'badparam', ...error }] })

/** Twenty places of a text in an answer. */
export const places: Record<string, (text: string) => unknown> = {
  code: text => item({ code: text }),
  title: text => item({ title: text }),
  detail: text => item({ detail: text }),
  'a path of detail': text => item({ detail: `/properties/custom/${text}` }),
  message: text => item({ message: text }),
  'a sentence of message': text =>
    item({ message: `Invalid value "${text}" for emails, duplicate of ${text}` }),
  'source.parameter': text => item({ source: { parameter: text } }),
  'source.parameter, of meta': text => item({ source: { parameter: `meta.${text}` } }),
  'source.parameter, of a list': text => item({ source: { parameter: `emails[${text}].email` } }),
  'source.pointer': text => item({ source: { pointer: `/data/attributes/${text}` } }),
  'source itself': text => item({ source: text }),
  meta: text => item({ meta: { value: text } }),
  'a key of meta': text => item({ meta: { [text]: true } }),
  status: text => item({ status: text }),
  'a second error': text => ({ errors: [{ code: 'badparam' }, { code: text, title: text, detail: text }] }),
  'errors itself': text => ({ errors: text }),
  'an error that is a text': text => ({ errors: [text] }),
  'the whole body': text => text,
  'an unknown member': text => ({ error: text, headers: { authorization: text } }),
  'data of another customer': text => ({
    data: { id: text, attributes: { name: text } },
    errors: [{ id: text }],
  }),
}
