import { expect, test } from 'vitest'
import { endpoints } from '../../lib/kustomer/endpoints.ts'
import { type AgentsOptions, startAgents } from '../../tools/simulation/agents.ts'
import { createCustomerEdits } from '../../tools/simulation/customer-edits.ts'
import type { CustomerChange } from '../../tools/simulation/kustomer-log.ts'
import { createKustomerModel } from '../../tools/simulation/kustomer-model.ts'
import { textsOf } from '../../tools/simulation/marks.ts'
import { createRandom } from '../../tools/simulation/random.ts'
import { createTrace } from '../../tools/simulation/trace.ts'
import { createVirtualClock } from '../../tools/simulation/virtual-clock.ts'

const hourMs = 3_600_000

function organisation() {
  const [clock, random, trace] = [createVirtualClock(), createRandom(3), createTrace()]
  const model = createKustomerModel({ clock, random, trace, chancesFor: () => ({}) })
  const add = (externalId: string, email: string) => {
    const result = model.kustomer.store.write(undefined, { externalId, emails: [{ email }] })
    if ('contested' in result) throw new Error('contested')
    return result.customer
  }
  const [ada, bob] = [add('u1', 'ada@x.example'), add('u2', 'bob@x.example')]
  const start = (options: Partial<AgentsOptions>) => {
    const all = { perHour: {}, betweenReadAndWrite: 0, requestsPerMinute: 0, ...options }
    startAgents(all, { clock, random, trace, model, endMs: clock.now() + hourMs })
    return clock.runUntil(clock.now() + 2 * hourMs)
  }
  return { clock, model, ada, bob, start, store: model.kustomer.store }
}

test('edits change customers at once and are kept with what was there before', () => {
  const { model, ada, bob, store } = organisation()
  const changes: CustomerChange[] = []
  const edits = createCustomerEdits(model.kustomer, changes)
  edits.addAddress(ada, 'more@x.example')
  edits.rename(ada, 'Ada')
  edits.merge(bob, ada)
  expect(textsOf(ada.attributes, 'emails', 'email')).toEqual([
    'ada@x.example',
    'more@x.example',
    'bob@x.example',
  ])
  expect(textsOf(ada.attributes, 'externalIds', 'externalId')).toEqual(['u1', 'u2'])
  expect(ada.attributes.externalId).toBe('u1')
  expect(store.get(bob.id)).toBe(undefined)
  expect(store.find('externalIds', 'u2')?.id).toBe(ada.id)
  expect(changes.map(({ kind }) => kind)).toEqual(['address', 'rename', 'remove', 'merge'])
  expect([changes[1]?.before?.name, changes[1]?.after?.name]).toEqual([undefined, 'Ada'])
})

test('an external id moves from one customer to another', () => {
  const { model, ada, bob, store } = organisation()
  createCustomerEdits(model.kustomer, []).moveExternalId('u1', ada, bob)
  expect(store.find('externalIds', 'u1')?.id).toBe(bob.id)
  expect([ada.attributes.externalId, ada.attributes.emails]).toEqual([undefined, [expect.anything()]])
  expect(bob.attributes.externalId).toBe('u2')
})

test('a removed customer leaves its ids free', () => {
  const { model, ada, store } = organisation()
  createCustomerEdits(model.kustomer, []).remove(ada)
  expect(store.find('externalIds', 'u1')).toBe(undefined)
})

test('agents edit at their rates, until their day ends', async () => {
  const { clock, model, start } = organisation()
  const startedAt = clock.now()
  await start({ perHour: { rename: 120, address: 4 } })
  const kinds = model.changes.map(({ kind }) => kind)
  expect(kinds.filter(kind => kind === 'rename').length).toBeGreaterThan(80)
  expect(kinds.filter(kind => kind === 'address').length).toBeGreaterThan(0)
  expect(model.changes.every(({ at }) => at <= startedAt + hourMs)).toBe(true)
})

test('somebody meddles right after a customer was read', async () => {
  const { clock, model, ada, start } = organisation()
  const done = start({ betweenReadAndWrite: 1 })
  const endpoint = endpoints('https://k.example').readCustomer(ada.id)
  void model.transport('worker-1', 1).send(endpoint, 'local-key', undefined, 5_000)
  const sentAt = clock.now()
  await done
  expect(model.changes).toHaveLength(1)
  expect(model.changes[0]?.at).toBeLessThan(sentAt + 1_500)
})

test('clicks of agents use up the limit of the organisation', async () => {
  const { clock, model } = organisation()
  const [random, trace] = [createRandom(3), createTrace()]
  const options = { perHour: {}, betweenReadAndWrite: 0, requestsPerMinute: 600 }
  startAgents(options, { clock, random, trace, model, endMs: clock.now() + hourMs })
  await clock.runUntil(clock.now() + 120_000)
  const left = Number(model.kustomer.rateHeaders()['x-ratelimit-remaining'])
  expect(1_000_000 - left).toBeGreaterThan(450)
  expect(model.calls).toEqual([])
})
