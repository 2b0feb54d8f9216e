import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { balanced, identify, startTestRelay, steps, type TestRelay } from '../relay-harness.ts'

let one: TestRelay
let accepted = 0
beforeAll(async () => {
  one = await startTestRelay()
})
afterAll(() => one.close())
beforeEach(() => one.standIn.clearFaults())

const send = async (...sent: Parameters<TestRelay['send']>) => {
  accepted += sent.length
  await one.send(...sent)
}
const attemptsAt = (mark: string) =>
  one.relay.ledger.traces().find(({ eventId }) => eventId === mark)?.attempts.length

describe('Kustomer has faults', () => {
  test('500 for longer than three backoffs, then 200: all events are delivered in order', async () => {
    one.standIn.fault({ when: { externalId: 'Ann' }, times: 4, do: { kind: 'status', status: 500 } })
    one.standIn.fault({ when: { externalId: 'Ben' }, times: 4, do: { kind: 'status', status: 503 } })
    await send(...steps('Ann', 3), identify('Ben', 'Ben Quill'), ...steps('Ben', 2))
    expect(await one.settled()).toEqual(balanced(accepted))
    expect(attemptsAt('Step-Ann-1')).toBe(5)
  })

  test('an HTML page with 502 is no answer: the event is tried again', async () => {
    one.standIn.fault({ when: { kind: 'record' }, times: 2, do: { kind: 'html', status: 502 } })
    one.standIn.fault({ when: { kind: 'findByExternalId' }, do: { kind: 'html', status: 200 } })
    await send(...steps('Cyd', 3), identify('Dan', 'Dan Quill'))
    expect(await one.settled()).toEqual(balanced(accepted))
  })

  test('invalid JSON with 200: a look-up is repeated, an event is not', async () => {
    one.standIn.fault({ when: { kind: 'record' }, do: { kind: 'garbage', status: 200 } })
    one.standIn.fault({ when: { kind: 'findByExternalId' }, do: { kind: 'garbage', status: 200 } })
    await send(...steps('Eve', 1), identify('Flo', 'Flo Quill'))
    expect(await one.settled()).toEqual(balanced(accepted))
    expect(attemptsAt('Step-Eve-1')).toBe(1)
    expect(attemptsAt('Flo Quill')).toBe(2)
  })

  test('none of these events was dead-lettered', async () => {
    expect(await one.deadLetters()).toEqual([])
  })
})
