import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { secretIds } from '../../../tools/local-relay/function-environment.ts'
import { balanced, startTestRelay, step, steps, type TestRelay, until } from '../relay-harness.ts'

let one: TestRelay
const lines: string[] = []
beforeEach(async () => {
  lines.length = 0
  // One worker, so that every batch goes to the worker that has the key.
  one = await startTestRelay({ workerConcurrency: 1, onLine: line => lines.push(line) })
})
afterEach(() => one.close())

/** Waits until so many messages were returned with their batch. Then no worker has a message. */
async function untilFailed(count: number) {
  const failed = () =>
    lines.reduce((sum, line) => sum + Number(/^a batch of (\d+) failed/.exec(line)?.[1] ?? 0), 0)
  await until(
    () => failed() >= count,
    () => `${count} failures: ${lines.join('; ')}`,
  )
}

describe('the key store', () => {
  test('down at the start: 503 at ingest, never a 401, and the worker throws until the store is up', async () => {
    one.relay.secretStore.switchTo('down')
    expect((await one.post(step('Ann', 1).event)).status).toBe(503)
    expect((await one.post(step('Ann', 1).event, 'wrong')).status).toBe(503)
    one.relay.secretStore.switchTo('up')
    await until(async () => (await one.post({ type: 'alias', userId: 'a' })).status === 202, 'an answer')

    one.relay.secretStore.switchTo('down')
    await one.send(...steps('Ann', 3), ...steps('Ben', 2))
    // One event of each person: later events of a person are behind the first.
    await untilFailed(2)
    expect(one.standIn.requests).toEqual([])
    one.relay.secretStore.switchTo('up')
    await one.release()
    expect(await one.settled()).toEqual(balanced(5))
    expect(await one.deadLetters()).toEqual([])
  })

  test('down later: known keys are used, and a new worker waits for the store', async () => {
    await one.send(step('Ann', 1), step('Ben', 1))
    expect(await one.settled()).toEqual(balanced(2))
    one.relay.secretStore.switchTo('down')
    await one.send(step('Ann', 2), step('Ben', 2))
    expect(await one.settled()).toEqual(balanced(4))

    one.relay.killWorker(0)
    await one.send(step('Ann', 3), step('Ben', 3))
    await untilFailed(2)
    expect(one.standIn.events()).toHaveLength(4)
    one.relay.secretStore.switchTo('up')
    await one.release()
    expect(await one.settled()).toEqual(balanced(6))
  })

  test('both secrets rotated under load: no event is lost, and none is refused for ever', async () => {
    const people = Array.from({ length: 12 }, (_, i) => `Person${i}`)
    let secret = 'local-secret'
    for (let round = 1; round <= 6; round++) {
      await one.sendAs(secret, ...people.map(person => step(person, round)))
      if (round === 2) {
        one.relay.secretStore.rotate(secretIds.webhook, 'second-secret')
        one.standIn.apiKey = 'second-key'
        one.relay.secretStore.rotate(secretIds.kustomer, 'second-key')
      }
      if (round === 3) {
        // The sender changes its secret after ingest accepts the new one. Until then the old one is accepted.
        const isKnown = async () =>
          (await one.post({ type: 'alias', userId: 'a' }, 'second-secret')).status === 202
        await until(isKnown, 'the second secret to be known')
        secret = 'second-secret'
      }
    }
    expect(await one.settled()).toEqual(balanced(72))
    expect((await one.post(step('Ann', 1).event, 'third-secret')).status).toBe(401)
  })
})
