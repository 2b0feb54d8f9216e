import { expect, onTestFinished, test } from 'vitest'
import { secretIds } from '../../../tools/local-relay/function-environment.ts'
import { balanced, identify, startTestRelay, step, steps, until } from '../relay-harness.ts'

test("Kustomer's key rotated: refused events wait, and are delivered when the store has the new key", async () => {
  const one = await startTestRelay()
  onTestFinished(one.close)
  await one.send(...steps('Ann', 2), identify('Ben', 'Ben Quill'))
  expect(await one.settled()).toEqual(balanced(3))

  one.standIn.apiKey = 'key-two'
  await one.send(step('Ann', 3), step('Ben', 1))
  const refused = () => one.relay.ledger.traces().flatMap(trace => trace.attempts)
  await until(() => refused().some(({ outcome }) => outcome === 'unauthorized'), 'a refusal')
  one.relay.secretStore.rotate(secretIds.kustomer, 'key-two')
  await one.send(step('Ann', 4))
  expect(await one.settled()).toEqual(balanced(6))

  // The store first: the cached key is refused, and fetched again in the same invocation.
  one.relay.secretStore.rotate(secretIds.kustomer, 'key-three')
  one.standIn.apiKey = 'key-three'
  const before = one.relay.ledger.counts.retries
  await one.send(step('Ann', 5), step('Ben', 2))
  expect(await one.settled()).toEqual(balanced(8))
  expect(one.relay.ledger.counts.retries).toBe(before)
  expect(await one.deadLetters()).toEqual([])
})

test('a host that redirects is a wrong setting: the events wait, and the redirect is not followed', async () => {
  const one = await startTestRelay()
  onTestFinished(one.close)
  const to = `${one.standIn.url}/v1/users/current`
  one.standIn.fault({ times: 3, do: { kind: 'redirect', to } })
  await one.send(...steps('Ann', 2), identify('Ben', 'Ben Quill'))
  expect(await one.settled()).toEqual(balanced(3))
  expect(one.standIn.requests.some(({ kind }) => kind === 'currentUser')).toBe(false)
})
