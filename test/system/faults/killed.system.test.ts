import { afterEach, beforeEach, expect, test } from 'vitest'
import { balanced, identify, startTestRelay, step, type TestRelay, until } from '../relay-harness.ts'

let one: TestRelay
beforeEach(async () => {
  one = await startTestRelay({ workerConcurrency: 1 })
})
afterEach(() => one.close())

const isStored = (mark: string) =>
  one.standIn.requests.some(({ applied, body }) => applied && JSON.stringify(body).includes(mark))
const slow = { kind: 'slow', ms: 600_000 } as const

/** Kills the worker and makes its messages visible again. */
async function kill() {
  const [, pid] = one.relay.pids()
  one.relay.killWorker(0)
  await until(() => one.relay.pids()[1] !== pid, 'another worker')
  await one.release()
}

/** Keeps the worker busy until `sent` are in the queue, so that it gets them in one batch. */
async function inOneBatch(...sent: Parameters<TestRelay['send']>) {
  one.standIn.fault({ when: { externalId: 'Early' }, do: slow })
  await one.send(step('Early', 1))
  await until(() => isStored('Step-Early-1'), 'a busy worker')
  await one.send(...sent)
  one.standIn.sendDelayed()
}

test("a worker killed between Kustomer's answer and its own: nothing is lost, and only its batch is received again", async () => {
  one.standIn.fault({ when: { externalId: 'Slow' }, do: slow })
  await inOneBatch(step('Ann', 1), step('Ann', 2), identify('Ben', 'Ben Quill'), step('Slow', 1))
  const decided = (id: string) =>
    one.relay.ledger.traces().some(trace => trace.eventId === id && trace.attempts.length > 0)
  await until(() => decided('Step-Ann-1') && decided('Ben Quill') && isStored('Step-Slow-1'), 'answers')
  await kill()
  const { doubled, ...rest } = await one.settled()
  expect({ ...rest, doubled: [] }).toEqual(balanced(5))
  // At least once: only the event whose record was not saved when its worker was killed.
  expect(doubled).toEqual(['Step-Slow-1'])
  expect(one.standIn.customers().filter(({ attributes }) => attributes.name === 'Ben Quill')).toHaveLength(1)
})

test('a worker killed before its first request: every event is delivered once', async () => {
  one.relay.killWorker(0)
  await one.send(step('Ann', 1), step('Ben', 1))
  expect(await one.settled()).toEqual(balanced(2))
})

test('a worker killed again and again: the events arrive', async () => {
  one.standIn.fault({ when: { externalId: 'Ann' }, times: 2, do: { kind: 'drop', after: 'nothing' } })
  one.standIn.fault({ when: { kind: 'create', externalId: 'Ben' }, times: 2, do: slow })
  await one.send(identify('Ben', 'Ben Quill'), step('Ann', 1))
  for (const round of [1, 2]) {
    const creates = () => one.standIn.requests.filter(({ kind }) => kind === 'create' || kind === 'update')
    await until(() => creates().length >= round, 'a running write')
    await kill()
  }
  expect(await one.settled()).toEqual(balanced(2))
  expect(one.standIn.customers().filter(({ attributes }) => attributes.externalId === 'Ben')).toHaveLength(1)
})
