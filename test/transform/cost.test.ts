import { afterEach, describe, expect, test, vi } from 'vitest'
import { transform } from '../../lib/index.ts'

/** Every rule is linear in the size of the event. These tests count steps. `npm run bench -- hostile` measures time. */

afterEach(() => void vi.restoreAllMocks())

const allSettings = { setIdentityEmail: true, disableEmailAsTrackingProperty: true, stampEvents: true }

function track(event: object) {
  return transform({ type: 'track', userId: 'u1', event: 'Ordered', messageId: 'm1', ...event }, allSettings)
}

function identify(traits: object) {
  return transform({ type: 'identify', userId: 'u1', traits }, allSettings)
}

/** An object that counts the reads of its properties. */
function counted(fields: object): { fields: object; reads: () => number } {
  let reads = 0
  const get = (target: object, key: string | symbol, receiver: unknown) => {
    reads++
    return Reflect.get(target, key, receiver)
  }
  return { fields: new Proxy(fields, { get }), reads: () => reads }
}

describe('combining marks', () => {
  const marked = `a${'\u0301\u0316'.repeat(2_000)}`

  /** The strings that are normalised. Normalisation sorts each run of marks, in quadratic time. */
  function normalised(run: () => unknown): string[] {
    const normalize = vi.spyOn(String.prototype, 'normalize')
    run()
    return normalize.mock.contexts.map(String)
  }

  test.each([
    ['a name', () => track({ event: marked })],
    ['a key', () => track({ properties: { [marked]: 1 } })],
    ['a tag', () => identify({ tags: [marked] })],
  ])('of %s are removed before it is normalised', (_, run) => {
    const texts = normalised(run)
    expect(texts.length).toBeGreaterThan(0)
    for (const text of texts) expect(text).not.toMatch(/\p{M}{4}/u)
  })

  test('of a long tag are normalised only up to the maximum length of a tag', () => {
    const texts = normalised(() => identify({ tags: ['\ufdfa'.repeat(100_000)] }))
    expect(texts.map(text => text.length)).toEqual([1_024])
  })
})

test('equal keys are numbered without reading the properties again for each key', () => {
  const size = 300
  const numbers = Array.from({ length: size }, (_, i) => i)

  const colliding = numbers.map(i => [`${'!'.repeat(i)}a b`, i])
  const exact = numbers.map(i => [`a-b_${i}Num`, i])
  const { fields, reads } = counted(Object.fromEntries([...colliding, ['a-bNum', 0], ...exact]))
  track({ properties: fields })
  expect(reads()).toBeLessThan(4 * size)
})

test('there may be more notes than a function can have arguments', () => {
  const size = 130_000
  const keys = Array.from({ length: size }, (_, i) => [`k${i}`, i] as const)
  const emails = Object.fromEntries([...keys, ['email', 'a@b.co'] as const])
  const call = identify({ emails })
  expect(call.kind === 'upsertCustomer' && call.notes.length).toBe(size)
})

test('a list is not compared with all lists around it', () => {
  const stringify = vi.spyOn(JSON, 'stringify')
  const nested = [[[['x', { a: [1] }]]]]
  expect(track({ properties: { nested } })).toMatchObject({
    event: { meta: { nested: '[[["x",{"a":[1]}]]]' } },
  })
  expect(stringify.mock.calls.filter(([value]) => typeof value === 'object')).toEqual([])
})

test('a type that is too long to be delivered is not read', () => {
  const toLowerCase = vi.spyOn(String.prototype, 'toLowerCase')
  expect(transform({ type: 'IDENTIFY'.repeat(1_000), userId: 'u1' }).kind).toBe('skip')
  expect(toLowerCase.mock.calls.length).toBeLessThan(10)
})
