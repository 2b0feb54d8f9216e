import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { balanced, startTestRelay, steps, type TestRelay } from '../relay-harness.ts'

const people = ['Ann', 'Ben', 'Cyd', 'Dan', 'Eve', 'Flo', 'Gus', 'Hal', 'Ida', 'Jon']
const title = 'Additional properties not allowed'
const detail = '/properties/event/properties/meta'
const poison = { errors: [{ status: 400, code: 'badparam', title, detail }] }

let one: TestRelay
beforeAll(async () => {
  one = await startTestRelay()
})
afterAll(() => one.close())

/** Refuses the next event of each of these people. */
function refuse(...externalIds: string[]) {
  for (const externalId of externalIds)
    one.standIn.fault({
      when: { kind: 'record', externalId },
      do: { kind: 'status', status: 400, body: poison },
    })
}

describe('an event that Kustomer refuses', () => {
  test('between other events of a person: it is dead-lettered with the attribute, and the others are delivered', async () => {
    await one.send(...steps('Zoe', 2).slice(0, 1))
    await one.settled()
    refuse('Zoe')
    await one.send(...steps('Zoe', 4).slice(1))
    expect(await one.settled()).toEqual(balanced(4, ['Step-Zoe-2']))
    const [deadLetter, ...more] = await one.deadLetters()
    expect(deadLetter).toMatchObject({ code: 'REJECTED', status: 400, attempts: 1, eventType: 'track' })
    expect(deadLetter?.reason).toContain('Kustomer refused `meta.*` (badparam)')
    expect(more).toEqual([])
  })

  test('of ten people at once: the next event of each person is delivered', async () => {
    refuse(...people)
    await one.send(...people.flatMap(person => steps(person, 2)))
    const dead = people.map(person => `Step-${person}-1`)
    expect(await one.settled()).toEqual(balanced(24, ['Step-Zoe-2', ...dead]))
    expect((await one.relay.status()).deadLetters).toBe(11)
  })
})
