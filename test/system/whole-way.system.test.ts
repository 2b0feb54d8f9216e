import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { balanced, identify, startTestRelay, step, steps, type TestRelay, until } from './relay-harness.ts'

let one: TestRelay
let accepted = 0
beforeAll(async () => {
  one = await startTestRelay()
})
afterAll(() => one.close())

const send = async (...sent: Parameters<TestRelay['send']>) => {
  accepted += sent.length
  await one.send(...sent)
}
const customersNamed = (id: string) =>
  one.standIn
    .customers()
    .filter(({ attributes: { externalId, externalIds } }) =>
      JSON.stringify([externalId, externalIds]).includes(JSON.stringify(id)),
    )

describe('one person is one customer', () => {
  test('an identify of an unknown user creates one, a second one updates it', async () => {
    await send(identify('Ann', 'Ann Quill', { email: 'ann@example.test' }))
    expect(await one.settled()).toEqual(balanced(accepted))
    await send(identify('Ann', 'Ann Quill-Rose', { phone: '+4915112345678' }))
    expect(await one.settled()).toEqual(balanced(accepted))
    expect(customersNamed('Ann').map(({ attributes }) => attributes)).toMatchObject([
      {
        name: 'Ann Quill-Rose',
        emails: [{ email: 'ann@example.test' }],
        phones: [{ phone: '+4915112345678' }],
      },
    ])
  })

  test('an anonymous visitor, then an identify with the same anonymousId', async () => {
    const mark = 'Step-Visitor'
    const visit = { type: 'track', messageId: mark, anonymousId: 'anon-7', event: mark }
    await send({ person: 'anon-7', mark, event: visit })
    expect(await one.settled()).toEqual(balanced(accepted))
    const known = identify('Ben', 'Ben Quill')
    await send({ ...known, event: { ...known.event, anonymousId: 'anon-7' } })
    expect(await one.settled()).toEqual(balanced(accepted))
    const [ben, ...others] = [
      ...new Set([...customersNamed('Ben'), ...customersNamed('anon-7')].map(c => c.id)),
    ]
    expect(others).toEqual([])
    const customer = one.standIn.customers().find(({ id }) => id === ben)
    expect(customer?.events.map(({ event }) => event.name)).toEqual([mark])
    expect(customer?.attributes).toMatchObject({ name: 'Ben Quill', externalId: 'Ben' })
  })

  test('two identifies of one new user, posted at once', async () => {
    // Two people in the account, because either of the two may be accepted first.
    const both = ['Cyd One', 'Cyd Two'].map(name => ({ ...identify('Cyd', name), person: name }))
    await Promise.all(both.map(one => send(one)))
    expect(await one.settled()).toMatchObject({ delivered: accepted, lost: [], doubled: [] })
    expect(customersNamed('Cyd')).toHaveLength(1)
  })

  test('two users with one e-mail, posted at once: two customers, the address stays with one', async () => {
    const email = 'family@example.test'
    await send(identify('Dan', 'Dan Quill', { email }), identify('Eve', 'Eve Quill', { email }))
    expect(await one.settled()).toMatchObject({ delivered: accepted, lost: [] })
    const having = one.standIn
      .customers()
      .filter(c => JSON.stringify(c.attributes.emails ?? []).includes(email))
    expect(having).toHaveLength(1)
  })
})

describe('order', () => {
  test('1,000 events of 50 users, one of each user at a time: none lost, none duplicated, all in order', async () => {
    const users = Array.from({ length: 50 }, (_, i) => `User${i}`)
    for (let n = 1; n <= 20; n++) await send(...users.map(user => step(user, n)))
    const { disordered, ...rest } = await one.settled()
    expect({ accepted: rest.accepted, delivered: rest.delivered, disordered }).toEqual({
      accepted,
      delivered: accepted,
      disordered: [],
    })
    expect(rest.doubled).toEqual([])
  })

  test('500 for a while, then 200: in order, nothing in the dead-letter queue', async () => {
    one.standIn.fault({ times: 6, do: { kind: 'status', status: 500 } })
    await send(...steps('Flo', 3), ...steps('Gus', 3))
    expect(await one.settled()).toMatchObject({ delivered: accepted, lost: [], doubled: [], disordered: [] })
    expect(await one.deadLetters()).toEqual([])
  })

  test('400: the event is dead-lettered at once with the attribute, and the next event is delivered', async () => {
    const errors = [{ status: 400, code: 'badparam', title: 'Words of Kustomer', detail: '/event/meta' }]
    const when = { externalId: 'Hal' }
    one.standIn.fault({ when, do: { kind: 'status', status: 400, body: { errors } } })
    await send(...steps('Hal', 2))
    expect(await one.settled()).toMatchObject({ delivered: accepted - 1, dead: ['Step-Hal-1'], lost: [] })
    const [deadLetter] = await one.deadLetters()
    expect(deadLetter).toMatchObject({ code: 'REJECTED', status: 400, attempts: 1, eventId: 'Step-Hal-1' })
    expect(deadLetter?.reason).toContain('Kustomer refused `meta.*` (badparam)')
    expect(deadLetter?.reason).not.toContain('Words')
  })
})

test('ingest answers when the event is in the queue, and a health check needs no secret', async () => {
  const { status, body } = await one.post({ type: 'track', userId: 'Ida', event: 'Step' })
  expect({ status, body }).toEqual({
    status: 202,
    body: { status: 'queued', messageId: expect.stringMatching(/^[\da-f-]{36}$/) },
  })
  expect((await fetch(`${one.relay.url}/health`)).status).toBe(200)
  await until(
    () => one.standIn.events().some(({ identity }) => identity.externalId === 'Ida'),
    'its delivery',
  )
})
