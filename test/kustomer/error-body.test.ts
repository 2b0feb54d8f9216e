import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readKustomerError } from '../../lib/kustomer/error-body.ts'
import { anyJson } from '../transform/arbitrary-json.ts'

const recorded = {
  status: 400,
  source: { parameter: 'notAnActualAttribute' },
  code: 'badparam',
  title: 'Additional properties not allowed',
  detail: '/properties/custom/additionalProperties',
}
const duplicate = {
  ...{ status: 409, code: 'duplicate', source: { parameter: 'emails' }, title: 'duplicate detected' },
}
const nothing = { code: undefined, attributes: [], isDuplicate: false, namesRev: false }
const unknown = { ...nothing, code: 'unknown' }

describe('readKustomerError', () => {
  test.each<[string, object[], object]>([
    [
      'the recorded shape',
      [recorded],
      { ...nothing, code: 'badparam', fault: 'unknownName', attributes: ['custom.*'] },
    ],
    [
      'the documented shape',
      [{ code: 'bad_request', message: 'x', meta: {} }],
      { ...nothing, code: 'bad_request' },
    ],
    [
      'a look-up that finds nothing',
      [{ status: 404, code: 'notfound', title: 'Not Found' }],
      { ...nothing, code: 'notfound' },
    ],
    [
      'a duplicate',
      [duplicate],
      { ...nothing, code: 'duplicate', attributes: ['emails'], isDuplicate: true },
    ],
    ['a duplicate by its title', [{ title: 'Duplicate value' }], { ...unknown, isDuplicate: true }],
    ['a duplicate by its message', [{ message: 'is a duplicate' }], { ...unknown, isDuplicate: true }],
    [
      'a duplicate among others',
      [recorded, duplicate],
      { attributes: ['custom.*', 'emails'], isDuplicate: true },
    ],
    [
      'a stale rev by its attribute',
      [{ source: { parameter: 'rev' } }],
      { attributes: ['rev'], namesRev: true },
    ],
    ['a stale rev by its title', [{ title: 'rev is stale' }], { ...unknown, namesRev: true }],
    ['optimistic locking', [{ message: 'Optimistic locking failed' }], { ...unknown, namesRev: true }],
    ['a word that holds rev', [{ title: 'reverse' }], unknown],
    [
      'a property of an event that is called like an attribute',
      [{ source: { parameter: 'email' }, detail: '/properties/event/properties/meta/additionalProperties' }],
      { attributes: ['meta.*'], fault: 'unknownName' },
    ],
    ['an attribute twice', [duplicate, duplicate], { attributes: ['emails'] }],
    ['a code in other letters', [{ code: 'BadParam' }], unknown],
    ['a code that is no text', [{ code: 7 }], unknown],
    ['an error without anything', [{}], unknown],
  ])('reads %s', (_, errors, expected) => {
    expect(readKustomerError({ errors })).toMatchObject(expected)
  })

  test.each([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'Bad Gateway'],
    ['a number', 7],
    ['a list', []],
    ['errors that are no list', { errors: 'x' }],
    ['errors that are none', { errors: [null, 7, 'x'] }],
  ])('%s gives no details', (_, body) => {
    expect(readKustomerError(body)).toEqual(nothing)
  })

  test('errors with members of another type give no details', () => {
    const of = (value: unknown) => ({
      code: value,
      title: value,
      source: value,
      detail: value,
      message: value,
    })
    const errors = [null, 7, [], {}, { parameter: 7, pointer: {} }].map(of)
    expect(readKustomerError({ errors })).toEqual(unknown)
  })

  test('any JSON is parsed without an exception', () => {
    fc.assert(fc.property(anyJson, json => void readKustomerError({ errors: [json, { source: json }] })))
  })
})

describe('a path contains', () => {
  test.each([
    ['emails', 'emails'],
    ['emails.0.email', 'emails'],
    ['emails[0].email', 'emails'],
    ['/emails/0/email', 'emails'],
    ['/data/attributes/emails/0', 'emails'],
    ['/properties/emails/items/properties/email/format', 'emails'],
    ['externalIds', 'externalIds'],
    ['identity.externalId', 'externalId'],
    ['/properties/identity/properties/email', 'email'],
    ['event.name', 'name'],
    ['/properties/event/properties/meta/maxProperties', 'meta.*'],
    ['/event/meta/emails', 'meta.*'],
    ['custom', 'custom.*'],
    ['custom.adaLovelaceStr', 'custom.*'],
  ])('%s: %s', (path, attribute) => {
    const named = (error: object) => readKustomerError({ errors: [error] }).attributes
    expect(named({ source: { parameter: path } })).toEqual([attribute])
    expect(named({ source: { pointer: path } })).toEqual([attribute])
    expect(named({ detail: path })).toEqual([attribute])
  })

  test.each([
    '',
    '/',
    '0',
    'adaStr',
    'adaStr/emails',
    'Emails',
    'emails of Ada',
    'constructor',
    '__proto__',
    'event',
  ])('no known attribute: %j', path => {
    expect(readKustomerError({ errors: [{ source: { parameter: path }, detail: path }] }).attributes).toEqual(
      [],
    )
  })

  test('no attribute of a title or message, which may quote a value', () => {
    expect(readKustomerError({ errors: [{ title: 'emails', message: 'emails' }] }).attributes).toEqual([])
  })
})
