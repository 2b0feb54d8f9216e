import { describe, expect, test } from 'vitest'
import { container, identify } from './delivering.ts'

describe('the cost', () => {
  const addressOf = (index: number) => `p${index}@example.com`
  const tenTimes = (index: number) =>
    Array.from({ length: 10 }, (_, n) => identify(`u${index}`, { email: addressOf(index), name: `N${n}` }))
  const people = Array.from({ length: 100 }, (_, index) => index)

  test('of ten identifies of each of 100 known people is at most 1,100 requests', async () => {
    const { deliver, standIn } = container()
    for (const index of people)
      standIn.addCustomer({ externalId: `u${index}`, emails: [{ email: addressOf(index) }] })
    await Promise.all(people.map(index => deliver(...tenTimes(index))))
    expect(standIn.requests.length).toBeLessThanOrEqual(1_100)
    expect(standIn.customers().every(({ attributes }) => attributes.name === 'N9')).toBe(true)
  })

  test('of ten identifies of each of 100 new people is at most 1,400 requests', async () => {
    const { deliver, standIn } = container()
    await Promise.all(people.map(index => deliver(...tenTimes(index))))
    expect(standIn.requests.length).toBeLessThanOrEqual(1_400)
    expect(standIn.customers().length).toBe(100)
  })
})
