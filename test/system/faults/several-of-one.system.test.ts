import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeWithProgram } from '../../needed-program.ts'
import { identify, startTestRelay, step, steps, type TestRelay, until } from '../relay-harness.ts'
import { type Moto, startMoto, whyNoMoto } from './moto-server.ts'

describeWithProgram(whyNoMoto(), 'batches with several events of one person', () => {
  let moto: Moto
  let one: TestRelay
  let early = 0
  beforeAll(async () => {
    moto = await startMoto()
    one = await startTestRelay({ sqsEndpoint: moto.url, workerConcurrency: 1 })
  })
  afterAll(async () => {
    await one.close()
    moto.kill()
  })

  /** Sends events while the worker is busy, so that it gets all of them as one batch. */
  async function inOneBatch(...sent: Parameters<TestRelay['send']>) {
    early++
    one.standIn.fault({ when: { externalId: 'Early' }, do: { kind: 'slow', ms: 600_000 } })
    await one.send(step('Early', early))
    const isBusy = () => one.standIn.events().some(({ event }) => event.name === `Step-Early-${early}`)
    await until(isBusy, 'a busy worker')
    await one.send(...sent)
    one.standIn.sendDelayed()
  }
  const firstDecision = (id: string) =>
    one.relay.ledger.traces().find(({ eventId }) => eventId === id)?.attempts[0]
  const requestsOf = (person: string) =>
    one.standIn.requests.filter(({ externalId }) => externalId === person)
  const eventsOf = (...people: string[]) =>
    one.standIn
      .events()
      .flatMap(({ identity, event: { name } }) =>
        people.some(person => person === identity.externalId) ? [name] : [],
      )

  test('an event that fails delays the later events of its person, and no other person', async () => {
    one.standIn.fault({ when: { externalId: 'Ann' }, do: { kind: 'status', status: 503 } })
    await inOneBatch(...steps('Ann', 4), ...steps('Ben', 3))
    expect(await one.settled()).toMatchObject({ delivered: 8, lost: [], doubled: [] })
    expect(firstDecision('Step-Ann-1')).toMatchObject({ outcome: 'unavailable', inSeconds: 1 })
    for (const n of [2, 3, 4])
      expect(firstDecision(`Step-Ann-${n}`)).toMatchObject({
        outcome: 'unattempted',
        inSeconds: 1,
        attempts: 0,
      })
    // moto returns repeated messages in another order, so only the number of Ann's events is checked.
    const stored = eventsOf('Ann', 'Ben')
    expect(stored.slice(0, 3)).toEqual(['Step-Ben-1', 'Step-Ben-2', 'Step-Ben-3'])
    expect(stored).toHaveLength(7)
  })

  test('a bad event in a batch is dead-lettered, and the others of its person are delivered at once and in order', async () => {
    const before = one.relay.ledger.counts.retries
    one.standIn.fault({ when: { externalId: 'Cyd' }, do: { kind: 'status', status: 400 } })
    await inOneBatch(...steps('Cyd', 5))
    expect(await one.settled()).toMatchObject({ dead: ['Step-Cyd-1'], lost: [], doubled: [] })
    expect(eventsOf('Cyd')).toEqual(['Step-Cyd-2', 'Step-Cyd-3', 'Step-Cyd-4', 'Step-Cyd-5'])
    expect(one.relay.ledger.counts.retries).toBe(before)
  })

  test('consecutive identifies are one write, and a track between them separates them', async () => {
    const before = one.relay.ledger.counts.delivered
    const row = ['Dan 1', 'Dan 2', 'Dan 3'].map(name => identify('Dan', name))
    await inOneBatch(...row, step('Dan', 1), identify('Dan', 'Dan 4', { email: 'dan@example.test' }))
    await one.settled()
    expect(one.relay.ledger.counts.delivered).toBe(before + 6)
    // It is unknown whether the customer has this address: the lists are read before one is written.
    const kinds = ['findByExternalId', 'create', 'record', 'read', 'update']
    expect(requestsOf('Dan').map(({ kind }) => kind)).toEqual(kinds)
    expect(requestsOf('Dan')[1]?.body).toMatchObject({ name: 'Dan 3' })
  })

  test('a merged write that is refused is sent as single writes', async () => {
    const before = one.relay.ledger.counts.delivered
    one.standIn.fault({ when: { kind: 'create' }, times: 2, do: { kind: 'status', status: 422 } })
    await inOneBatch(...['Eve 1', 'Eve 2', 'Eve 3'].map(name => identify('Eve', name)))
    expect((await one.settled()).dead).toContain('Eve 1')
    expect(one.relay.ledger.counts.delivered).toBe(before + 3)
    const writes = requestsOf('Eve').filter(({ applied }) => applied)
    expect(writes.map(({ body }) => body)).toMatchObject([{ name: 'Eve 2' }, { name: 'Eve 3' }])
  })
})
