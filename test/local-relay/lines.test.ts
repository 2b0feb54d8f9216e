import { expect, it } from 'vitest'
import { createLedger } from '../../tools/local-relay/ledger.ts'
import { lineOf } from '../../tools/local-relay/lines.ts'
import type { CallNote, DecisionNote } from '../../tools/local-relay/notes.ts'

const call = (over: Partial<CallNote>): CallNote => ({
  method: 'GET',
  url: 'http://127.0.0.1:1/v1/customers',
  template: '/v1/customers',
  status: 200,
  ms: 12.4,
  event: 'identify',
  messageId: 'm',
  ...over,
})
const decision = (over: Partial<DecisionNote>): DecisionNote => ({
  messageId: 'm',
  eventId: 'e',
  event: 'track X',
  outcome: 'delivered',
  decision: 'done',
  attempts: 1,
  ageSeconds: 0,
  ...over,
})
const plain = { hasColors: false }
const tight = (line: string | undefined) => line?.replace(/ {2,}/g, '  ')

it('shows a complete call, with its path decoded', () => {
  const url = 'http://127.0.0.1:1/v1/customers/email=a%2Bb%40c.d'
  expect(tight(lineOf({ kind: 'call', message: call({ url }) }, plain))).toBe(
    'GET  /v1/customers/email=a+b@c.d  200  identify  12 ms',
  )
})

it.each([
  ['a cursor movement in an id', { url: 'http://h/v1/customers/externalId=%1B%5B2J' }, '\\u001b[2J'],
  ['a line break in an id', { url: 'http://h/v1/customers/externalId=a%0Ab' }, 'a\\u000ab'],
  [
    'a path that cannot be decoded',
    { url: 'http://h/v1/customers/externalId=%E0%A4%A' },
    'externalId=%E0%A4%A',
  ],
  ['a reversed name', { event: 'track \u202eevil' }, '\\u202eevil'],
])('is safe for a terminal with %s', (_, over, shown) => {
  const line = lineOf({ kind: 'call', message: call(over) }, plain) ?? ''
  expect(line).toContain(shown)
  expect(line).toMatch(/^\P{Cc}+$/u)
})

it.each<[Partial<DecisionNote>, string | undefined]>([
  [{}, undefined],
  [{ outcome: 'skipped', why: 'of this type' }, 'nothing to send  track X  of this type'],
  [
    { decision: 'deadLetter', code: 'badparam', status: 400, outcome: 'rejected' },
    'dead letter  400 badparam  track X',
  ],
  [
    { decision: 'retry', outcome: 'unavailable', status: 500, inSeconds: 5.04 },
    'retry in 5 s  500 unavailable  track X',
  ],
  [{ decision: 'retry', outcome: 'unattempted', inSeconds: 1 }, undefined],
])('shows a decision %o as %s', (over, line) => {
  expect(tight(lineOf({ kind: 'decision', message: decision(over) }, plain))).toBe(line)
})

it('counts a message once if it is done twice, and has one trace for an event that is tried twice', () => {
  const ledger = createLedger(() => 7)
  const heard: string[] = []
  ledger.subscribe(trace => heard.push(trace.state))
  ledger.note({ kind: 'accepted', message: { eventId: 'e', event: 'track X', end: 'queued' } })
  ledger.note({ kind: 'call', message: call({ status: 500 }) })
  ledger.note({ kind: 'decision', message: decision({ decision: 'retry', outcome: 'unavailable' }) })
  ledger.note({ kind: 'decision', message: decision({}) })
  ledger.done(['m'])
  ledger.done(['m'])
  expect(ledger.counts).toMatchObject({ received: 1, queued: 1, delivered: 1, retries: 1, calls: 1 })
  expect(heard).toEqual(['queued', 'retrying', 'delivered'])
  expect(ledger.traces('e')).toMatchObject([
    { state: 'delivered', acceptedAt: 7, calls: [{ status: 500, at: 7 }] },
  ])
  expect(ledger.traces('other')).toEqual([])
})
