import { describe, expect, test } from 'vitest'
import { container, identify, identifyAnonymous } from './delivering.ts'

const email = 'ada@example.com'
const emails = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ email: `agent${i}@example.com` }))

describe('an external id that an agent moved', () => {
  test('is looked up again: the record’s customer is somebody else’s now', async () => {
    const { deliver, person, removeCustomer, requests, standIn } = container()
    const first = standIn.addCustomer({ externalId: 'u1', name: 'Ada' })
    await deliver(identify('u1', { name: 'Ada' }))
    expect(person('u1').customerId).toBe(first.id)
    removeCustomer(first.id)
    const bob = standIn.addCustomer({ externalId: 'bob', name: 'Bob' })
    const ada = standIn.addCustomer({ externalId: 'ada', externalIds: [{ externalId: 'u1' }], name: 'Ada' })
    person('u1').customerId = bob.id
    requests()
    await deliver(identify('u1', { email, name: 'Ada L.' }))
    expect(requests()).toEqual(['GET read', 'GET findByExternalId', 'PUT update'])
    expect(standIn.customers()).toMatchObject([
      { id: bob.id, attributes: { externalId: 'bob', name: 'Bob' } },
      { id: ada.id, attributes: { externalId: 'u1', name: 'Ada L.', emails: [{ email }] } },
    ])
  })

  test('is written back where the record’s customer has no other one', async () => {
    const { deliver, person, standIn } = container()
    const { id } = standIn.addCustomer({ name: 'Ada' })
    person('u1').customerId = id
    await deliver(identify('u1', { email, name: 'Ada L.' }))
    expect(standIn.customers()).toMatchObject([{ id, attributes: { externalId: 'u1', name: 'Ada L.' } }])
  })

  test('of a visitor is looked up again, too', async () => {
    const { deliver, person, standIn } = container()
    const bob = standIn.addCustomer({ externalId: 'bob', name: 'Bob' })
    const guest = standIn.addCustomer({ externalIds: [{ externalId: 'device-1' }] })
    person('device-1').customerId = bob.id
    await deliver(identifyAnonymous('device-1', { name: 'Guest', gender: 'f' }))
    expect(standIn.customers()).toMatchObject([
      { id: bob.id, attributes: { externalId: 'bob', name: 'Bob' } },
      { id: guest.id, attributes: { name: 'Guest', gender: 'f' } },
    ])
    expect(standIn.customers()[0]?.attributes.gender).toBeUndefined()
  })
})

test('a visitor whose e-mail is one customer’s and whose anonymous id is another’s: the id stays there', async () => {
  const { deliver, standIn } = container()
  const shop = standIn.addCustomer({ emails: [{ email }] })
  const user = standIn.addCustomer({
    externalId: 'ann',
    externalIds: [{ externalId: 'device-1' }],
    name: 'Ann',
  })
  expect(await deliver(identifyAnonymous('device-1', { email, name: 'Ada' }))).toMatchObject([
    { kind: 'delivered', notes: [{ kind: 'contested', attribute: 'externalId' }] },
  ])
  expect(standIn.customers()).toMatchObject([
    { id: shop.id, attributes: { name: 'Ada' } },
    { id: user.id, attributes: { externalId: 'ann', name: 'Ann' } },
  ])
})

describe('an address for which a list has no room', () => {
  test('is not tried again on this customer for a day, and costs no read', async () => {
    const { deliver, requests, standIn } = container()
    standIn.addCustomer({ externalId: 'u1', emails: emails(10) })
    expect(await deliver(identify('u1', { email, name: 'Ada' }))).toMatchObject([
      { kind: 'delivered', notes: [{ kind: 'noRoom' }] },
    ])
    requests()
    await deliver(identify('u1', { email, name: 'Ada L.' }))
    expect(requests()).toEqual(['PUT update'])
  })

  test('is sent to another customer at once', async () => {
    const { deliver, removeCustomer, standIn } = container()
    const { id } = standIn.addCustomer({ externalId: 'u1', emails: emails(10) })
    await deliver(identify('u1', { email, name: 'Ada' }))
    removeCustomer(id)
    standIn.addCustomer({ externalId: 'u1' })
    await deliver(identify('u1', { email, name: 'Ada L.' }))
    expect(standIn.customers()).toMatchObject([{ attributes: { emails: [{ email }] } }])
  })

  test('gets the place of a contested one, also when the write in between failed', async () => {
    const { deliver, standIn } = container()
    standIn.addCustomer({ externalId: 'u1', emails: emails(9) })
    standIn.addCustomer({ externalId: 'other', emails: [{ email: 'taken@example.com' }] })
    const event = identify('u1', { emails: ['taken@example.com', email] })
    standIn.fault({ when: { kind: 'update' }, do: { kind: 'status', status: 503 } })
    expect(await deliver(event)).toMatchObject([{ kind: 'unavailable' }])
    expect(await deliver(event)).toMatchObject([{ kind: 'delivered' }])
    expect(standIn.customers()[0]?.attributes.emails).toEqual(
      expect.arrayContaining([expect.objectContaining({ email })]),
    )
  })
})
