import { expect, test } from 'vitest'
import { container, identify, identifyAnonymous } from './delivering.ts'

const email = 'ada@example.com'
const [findId, findEmail] = ['GET findByExternalId', 'GET findByEmail']
const [create, update] = ['POST create', 'PUT update']

test('a customer who is created after a failed look-up is found by the next event of the batch', async () => {
  const { invoke, requests, standIn } = container()
  const outcomes = await invoke(async one => [
    await one(identify('u1', { email })),
    await one(identifyAnonymous('a2', { email, name: 'Ada' })),
  ])
  expect(outcomes).toMatchObject([
    { kind: 'delivered' },
    { kind: 'delivered', notes: [{ kind: 'filledOnly' }] },
  ])
  expect(requests().filter(request => request === create)).toEqual([create])
  expect(standIn.customers()).toMatchObject([{ attributes: { externalId: 'u1', name: 'Ada' } }])
})

test('a user id that is an e-mail address is looked up as both', async () => {
  const { deliver, requests, standIn } = container()
  standIn.addCustomer({ emails: [{ email }] })
  await deliver(identify(email, { email, name: 'Ada' }))
  expect(requests()).toEqual([findId, findEmail, update])
  expect(standIn.customers()).toMatchObject([{ attributes: { externalId: email, name: 'Ada' } }])
})

test('an anonymous id of a user leads to the user’s customer, and only fills empty attributes', async () => {
  const { deliver, requests, standIn } = container()
  standIn.addCustomer({ externalId: 'a1' })
  await deliver(identify('u1', { email }, { anonymousId: 'a1' }))
  expect(requests()).toEqual([findId, findEmail, findId, update])
  await deliver(
    identifyAnonymous('a1', { email, name: 'Ada' }),
    identifyAnonymous('a1', { email, name: 'Eve' }),
  )
  expect(requests()).toEqual([findEmail, update, findEmail])
  expect(standIn.customers()).toMatchObject([{ attributes: { externalId: 'u1', name: 'Ada' } }])
})
