import { expect, test } from 'vitest'
import { InvalidEventError, transform } from '../../lib/index.ts'

test('properties of a prototype are not part of an event', () => {
  const inherited = Object.create({ type: 'track', userId: 'u1', event: 'Ordered' })
  expect(() => transform(inherited)).toThrow(InvalidEventError)
  const traits = Object.create({ name: 'Ada' })
  expect(transform({ type: 'identify', userId: 'u1', traits })).toMatchObject({
    customer: { externalId: 'u1' },
  })
  expect(transform({ type: 'identify', userId: 'u1', traits })).not.toHaveProperty('customer.name')
})

test.each([true, false])(
  'a number too large for JSON is never sent (advancedTransform %s)',
  advancedTransform => {
    const traits = JSON.parse('{"rev":1e999,"sentiment":{"polarity":-1e999,"confidence":0},"name":1e999}')
    const call = transform({ type: 'identify', userId: 'u1', traits }, { advancedTransform })
    expect(JSON.stringify(call)).not.toMatch(/null|Infinity/)
    expect(call).not.toHaveProperty('customer.rev')
    const tracked = transform({ type: 'track', userId: 'u1', event: 'E2', properties: traits })
    expect(tracked).not.toHaveProperty('event.meta.revNum')
  },
)
