import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { balanced, startTestRelay, step, steps, type TestRelay, until } from '../relay-harness.ts'

let one: TestRelay
beforeAll(async () => {
  one = await startTestRelay()
})
afterAll(() => one.close())

describe('Kustomer throttles', () => {
  test('the organisation: all events wait for the reset, and no attempt is counted', async () => {
    one.standIn.fault({ do: { kind: 'throttle', forSeconds: 1.5 } })
    for (const n of [1, 2, 3]) await one.send(step('Ann', n), step('Ben', n), step('Cyd', n))
    expect(await one.settled()).toEqual(balanced(9))
    const statuses = one.standIn.requests.map(({ status }) => status)
    const throttled = statuses.filter(status => status === 429).length
    expect(throttled).toBeGreaterThanOrEqual(1)
    // Each worker may get one more 429 before it stops.
    expect(throttled).toBeLessThanOrEqual(6)
  })

  test('one customer: the others are delivered', async () => {
    const before = one.standIn.requests.length
    const when = { externalId: 'Dan' }
    one.standIn.fault({ when, times: Number.POSITIVE_INFINITY, do: { kind: 'throttleCustomer' } })
    await one.send(...steps('Dan', 2), ...steps('Eve', 5))
    const isStored = (name: string) => one.standIn.events().some(({ event }) => event.name === name)
    await until(() => isStored('Step-Eve-5'), 'the events of the others')
    one.standIn.clearFaults()
    expect(await one.settled()).toEqual(balanced(16))
    const stored = one.standIn.requests.slice(before).filter(({ applied }) => applied)
    const place = (mark: string) => stored.findIndex(({ body }) => JSON.stringify(body).includes(mark))
    expect(place('Step-Eve-5')).toBeLessThan(place('Step-Dan-1'))
    expect(await one.deadLetters()).toEqual([])
  })
})
