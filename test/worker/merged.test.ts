import { describe, expect, test } from 'vitest'
import { container } from '../delivery/delivering.ts'
import { batch, identifies } from './batches.ts'

const email = 'ada@example.com'
/** An attribute of `custom` that the organisation has not declared. Kustomer refuses it with a 400. */
const poison = { customObject: { undeclaredStr: 'x' } }
const strict = { declaredCustom: ['planStr'] }

describe('identifies of one person', () => {
  test('are one write if they are consecutive, and have the same result', async () => {
    const one = container()
    const records = identifies(
      'a',
      { name: 'A.', email },
      { name: 'Ada', email },
      { email, emails: [email, 'new@example.com'] },
    )
    expect(await batch(one, records)).toMatchObject({ retried: [], deadLettered: [] })
    expect(one.requests().filter(kind => !kind.startsWith('GET'))).toEqual(['POST create'])
    expect(one.standIn.customers()).toMatchObject([
      { attributes: { name: 'Ada', emails: [{ email }, { email: 'new@example.com' }] } },
    ])
  })

  test('are sent one by one if their merged write is refused', async () => {
    const one = container(strict)
    const records = identifies('a', { name: 'A.' }, { ...poison, name: 'never' }, { locale: 'en' })
    expect(await batch(one, records)).toMatchObject({ retried: [], deadLettered: ['sqs-a-1'] })
    expect(one.standIn.customers()).toMatchObject([{ attributes: { name: 'A.', locale: 'en' } }])
  })

  test('wait together if their merged write gets no answer, and only the first counts an attempt', async () => {
    const one = container()
    one.standIn.fault({ when: { kind: 'create' }, do: { kind: 'status', status: 503 } })
    const result = await batch(one, identifies('a', { name: 'A.' }, { name: 'Ada' }))
    expect(result).toMatchObject({ retried: ['sqs-a-0', 'sqs-a-1'], delays: [5, 5], deadLettered: [] })
    expect(result.decided.map(({ outcome }) => outcome)).toEqual(['unavailable', 'unattempted'])
  })
})
