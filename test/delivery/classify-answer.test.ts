import { describe, expect, test } from 'vitest'
import { classifyAnswer, successOf } from '../../lib/delivery/classify-answer.ts'
import type { Outcome } from '../../lib/delivery/outcome.ts'
import type { CallKind } from '../../lib/kustomer/endpoints.ts'

const nowMs = 1_800_000_000_000
const kinds: CallKind[] = ['find', 'read', 'create', 'update', 'record']
const fixed: CallKind[] = ['create', 'record']
const writes: CallKind[] = ['create', 'update', 'record']

function outcomeOf(kind: CallKind, status: number): Outcome {
  return classifyAnswer({ kind: 'answer', status, headers: {}, body: undefined }, kind, nowMs)
}

/** The kinds of requests for which this status has this outcome. */
const kindsWith = (status: number, outcome: Outcome['kind']) =>
  kinds.filter(kind => outcomeOf(kind, status).kind === outcome)

describe('a status means, to a request of any kind', () => {
  test.each<[Outcome['kind'], number[]]>([
    ['unauthorized', [300, 301, 302, 303, 304, 307, 308, 401, 402, 403, 405, 415, 426]],
    ['conflict', [409]],
    ['throttled', [429]],
    ['unavailable', [101, 199, 408, 500, 501, 502, 503, 504, 507, 520, 599, 600]],
    ['rejected', [400, 406, 411, 412, 413, 414, 416, 417, 418, 422, 428, 431, 451, 499]],
  ])('%s: %j', (outcome, statuses) => {
    for (const status of statuses) expect([status, kindsWith(status, outcome)]).toEqual([status, kinds])
  })
})

test.each([404, 410])(
  '%i is a wrong setting if the path is fixed, otherwise the event is rejected',
  status => {
    expect(kindsWith(status, 'unauthorized')).toEqual(fixed)
    expect(kindsWith(status, 'rejected')).toEqual(kinds.filter(kind => !fixed.includes(kind)))
  },
)

describe('it may be stored', () => {
  const mayBeStored = (status: number) =>
    kinds.filter(kind => {
      const outcome = outcomeOf(kind, status)
      return outcome.kind === 'unavailable' && outcome.mayBeStored
    })

  test.each([101, 502, 504, 520, 524, 599])(
    'with a %i to a write, which a gateway may have passed on',
    status => {
      expect(mayBeStored(status)).toEqual(writes)
    },
  )

  test.each([408, 500, 501, 503, 505, 507])('never with a %i', status => {
    expect(mayBeStored(status)).toEqual([])
  })

  test.each([200, 201, 204])('with a %i to a write, without a valid body of Kustomer', status => {
    const answer = { kind: 'answer', status, headers: {}, body: undefined, isForeign: true } as const
    expect(successOf(answer)).toBeUndefined()
    for (const kind of kinds)
      expect(classifyAnswer(answer, kind, nowMs)).toMatchObject({
        ...{ kind: 'unavailable', status, mayBeStored: writes.includes(kind) },
      })
  })
})

test.each([true, false])(
  'without an answer the transport decides whether it may be stored: %s',
  mayBeStored => {
    const lost = { kind: 'none', why: 'connection lost', mayBeStored } as const
    expect(classifyAnswer(lost, 'record', nowMs)).toMatchObject({ kind: 'unavailable', mayBeStored })
  },
)

test('without a request the outcome is unattempted', () => {
  const response = { kind: 'unattempted', inSeconds: 7 } as const
  expect(classifyAnswer(response, 'record', nowMs)).toMatchObject({
    kind: 'unattempted',
    inSeconds: 7,
  })
})
