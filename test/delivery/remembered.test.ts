import { expect, test } from 'vitest'
import { transform } from '../../lib/transform/index.ts'
import { container, identify, identifyAnonymous } from './delivering.ts'

const email = 'ada@example.com'
const [findId, findEmail] = ['GET findByExternalId', 'GET findByEmail']
const [create, update] = ['POST create', 'PUT update']

test('a customer created after a look-up found nobody is found by the next event of the batch', async () => {
  const { invoke, requests, standIn } = container()
  const outcomes = await invoke(async one => [
    await one(transform(identify('u1', { email }))),
    await one(transform(identifyAnonymous('a2', { email, name: 'Ada' }))),
  ])
  expect(outcomes).toMatchObject([{ kind: 'delivered' }, { kind: 'delivered', notes: [] }])
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

test('an anonymous id that found the customer is remembered with the addresses that were written', async () => {
  const { deliver, requests, standIn } = container()
  standIn.addCustomer({ externalId: 'a1' })
  await deliver(identify('u1', { email }, { anonymousId: 'a1' }))
  expect(requests()).toEqual([findId, findEmail, findId, update])
  await deliver(identifyAnonymous('a1', { email, name: 'Ada' }))
  expect(requests().filter(request => request.startsWith('GET find'))).toEqual([])
})
