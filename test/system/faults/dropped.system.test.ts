import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { balanced, identify, startTestRelay, step, steps, type TestRelay } from '../relay-harness.ts'

let one: TestRelay
beforeAll(async () => {
  one = await startTestRelay()
})
afterAll(() => one.close())

const customersOf = (person: string) =>
  one.standIn.customers().filter(({ attributes }) => attributes.externalId === person)

describe('a connection is dropped', () => {
  test('before the write: every event is delivered once', async () => {
    one.standIn.fault({ when: { kind: 'record' }, times: 2, do: { kind: 'drop', after: 'nothing' } })
    one.standIn.fault({ when: { kind: 'create' }, do: { kind: 'drop', after: 'nothing' } })
    await one.send(...steps('Ann', 3), identify('Ben', 'Ben Quill'))
    expect(await one.settled()).toEqual(balanced(4))
  })

  test('after the write of a new customer: it is repeated, and there is one customer', async () => {
    one.standIn.fault({ when: { kind: 'create' }, do: { kind: 'drop', after: 'write' } })
    await one.send(identify('Cyd', 'Cyd Quill', { email: 'cyd@example.test' }), step('Cyd', 1))
    expect(await one.settled()).toEqual(balanced(6))
    expect(customersOf('Cyd')).toHaveLength(1)
  })

  test('after the write of an update: it is repeated, with the same result', async () => {
    one.standIn.fault({ when: { kind: 'update' }, do: { kind: 'drop', after: 'write' } })
    await one.send(identify('Cyd', 'Cyd Quill II', { email: 'cyd2@example.test' }))
    expect(await one.settled()).toEqual(balanced(7))
    expect(customersOf('Cyd')[0]?.attributes).toMatchObject({
      name: 'Cyd Quill II',
      emails: [{ email: 'cyd@example.test' }, { email: 'cyd2@example.test' }],
    })
  })

  test('after the write of a tracking event: it is stored twice, and only this is logged', async () => {
    const when = { kind: 'record', externalId: 'Dan' } as const
    one.standIn.fault({ when, do: { kind: 'drop', after: 'write' } })
    await one.send(...steps('Dan', 3))
    expect(await one.settled()).toEqual(balanced(10, [], ['Step-Dan-1']))
    const log = readFileSync(join(one.dataDir, 'worker.log'), 'utf8')
    const warnings = log.split('\n').filter(line => line.includes('"possible-duplicate"'))
    expect(warnings.filter(line => line.includes('Step-Dan'))).toHaveLength(1)
    expect(warnings.join()).toContain('Step-Dan-1')
  })
})
