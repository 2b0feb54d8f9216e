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

test('an identify says that it spared a look-up only when the write was its one request', async () => {
  const { deliver, requests, standIn } = container()
  const { id } = standIn.addCustomer({ externalId: 'u2' })
  const context = { externalId: [{ type: 'kustomerId', id }] }
  const events = {
    new: identify('u1', { email, name: 'Ada' }),
    known: identify('u1', { email, name: 'Eve' }),
    'new address': identify('u1', { email: 'other@example.com', name: 'Eve' }),
    visitor: identifyAnonymous('a1', { name: 'One' }),
    'known visitor': identifyAnonymous('a1', { name: 'Two' }),
    'named by the sender': identify('u2', { name: 'Bob' }, { context }),
  }
  const seen = []
  for (const [who, event] of Object.entries(events)) {
    const [outcome] = await deliver(event)
    seen.push([who, outcome?.kind === 'delivered' && outcome.spared, requests().length])
  }
  expect(seen).toEqual([
    ['new', undefined, 3],
    ['known', 'lookUpsSaved', 1],
    ['new address', undefined, 2],
    ['visitor', undefined, 2],
    ['known visitor', undefined, 2],
    ['named by the sender', undefined, 1],
  ])
})
