import { expect, onTestFinished, test } from 'vitest'
import { http } from '../../../lib/policy.ts'
import { balanced, identify, startTestRelay, steps } from '../relay-harness.ts'

test('without answers identifies are repeated without effect, and an event is stored twice, which is reported', async () => {
  const one = await startTestRelay()
  onTestFinished(one.close)
  const slow = { kind: 'slow', ms: http.timeoutMs.record + 60_000 } as const
  one.standIn.fault({ when: { kind: 'create', externalId: 'Ann' }, do: slow })
  one.standIn.fault({ when: { kind: 'findByExternalId', externalId: 'Ben' }, do: slow })
  one.standIn.fault({ when: { kind: 'record', externalId: 'Cyd' }, do: slow })
  await one.send(identify('Ann', 'Ann Quill'), identify('Ben', 'Ben Quill'), ...steps('Cyd', 2))
  // The stand-in counts an answer as given even if the client no longer waits for it.
  expect(await one.settled()).toEqual({ ...balanced(4), doubled: ['Step-Cyd-1'] })
  expect(one.standIn.customers()).toHaveLength(3)
  const errors = one.relay.ledger.traces().flatMap(({ calls }) => calls.flatMap(({ error }) => error ?? []))
  expect(errors).toEqual(['time-out', 'time-out', 'time-out'])
})
