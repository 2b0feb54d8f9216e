import fc from 'fast-check'
import { marks } from '../oracles/marks.ts'
import { hostileText } from './hostile-text.ts'

/** Keys of an object that a rule or a built-in knows, and hostile ones. */
export const hostileKey = fc.oneof(
  fc.constantFrom(
    ...[
      '__proto__',
      'constructor',
      'prototype',
      'toString',
      'toJSON',
      'then',
      'length',
      'hasOwnProperty',
      '',
      ' ',
      '0',
    ],
    ...[
      'type',
      'userId',
      'anonymousId',
      'messageId',
      'event',
      'name',
      'traits',
      'properties',
      'context',
      'externalId',
    ],
    ...[
      'id',
      'email',
      'emails',
      'phone',
      'phones',
      'verified',
      'rev',
      'tags',
      'custom',
      'customObject',
      'sentiment',
    ],
    ...[
      'integrations',
      'Kustomer',
      'timestamp',
      'originalTimestamp',
      'address',
      'company',
      'xNum',
      'xAt',
      'a b',
      'a.b',
    ],
  ),
  hostileText(marks.key),
)
