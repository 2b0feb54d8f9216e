import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PeopleStore } from '../../lib/people/person.ts'
import { emptyPerson } from '../../lib/people/person.ts'
import type { Item } from '../../lib/people/person-item.ts'
import { personRecords as limits } from '../../lib/policy.ts'
import { type FakeClock, fakeClock } from '../runtime/fake-clock.ts'
import { hash, samplePerson } from './sample-person.ts'

/** Stores with the same records, and a function that reads the stored items. */
export interface StoreUnderTest {
  /** The stores of two workers, with the same records. */
  stores: [PeopleStore, PeopleStore]
  /** The stored item of a person, without its key. */
  item(groupId: string): Promise<Item | undefined>
  put(groupId: string, item: Item): Promise<void>
  close(): Promise<void>
}

const dayMs = 86_400_000

/**
 * The tests for every store of person records. Each test has its own people. `isAtomic` is false for an emulator that
 * checks a condition and writes in two steps.
 */
export function describeStore(
  name: string,
  open: (clock: FakeClock) => Promise<StoreUnderTest>,
  isAtomic = true,
) {
  describe(name, () => {
    const clock = fakeClock()
    let under: StoreUnderTest
    let one: PeopleStore
    let other: PeopleStore
    beforeAll(async () => {
      under = await open(clock)
      ;[one, other] = under.stores
    })
    afterAll(() => under.close())
    const versions = async (...groupIds: string[]) =>
      Object.fromEntries([...(await other.load(groupIds))].map(([id, { version }]) => [id, version]))
    const personOf = async (groupId: string) => (await other.load([groupId])).get(groupId)?.person

    test('returns a person to another worker as it was written', async () => {
      expect(await one.save('whole', samplePerson(5), 0)).toBe(1)
      expect(await personOf('whole')).toEqual(samplePerson(5))
      expect(await one.save('empty', emptyPerson(), 0)).toBe(1)
      expect(await personOf('empty')).toEqual(emptyPerson())
    })

    test('stores when the record expires', async () => {
      await one.save('expiring', samplePerson(1), 0)
      const { expiresAtMs = 0 } = (await one.load(['expiring'])).get('expiring') ?? {}
      expect(Math.abs(expiresAtMs - clock.now() - limits.retentionDays * dayMs)).toBeLessThan(1_000)
    })

    test('removes parts that are missing in the new record', async () => {
      await one.save('shrinking', samplePerson(5), 0)
      expect(await one.save('shrinking', emptyPerson(), 1)).toBe(2)
      expect(await personOf('shrinking')).toEqual(emptyPerson())
    })

    test('reads many people at once, each once, and leaves out unknown people', async () => {
      const ids = Array.from({ length: 230 }, (_, i) => `many ${i}`)
      for (const id of ids.filter((_, i) => i % 23 === 0)) await one.save(id, samplePerson(1), 0)
      const known = await other.load([...ids, ...ids])
      expect([...known.keys()].toSorted()).toEqual(ids.filter((_, i) => i % 23 === 0).toSorted())
      expect((await other.load([])).size).toBe(0)
    })

    test('refuses a lost update: of two workers who read the same version, only the first may write', async () => {
      expect(await one.save('raced', samplePerson(1), 0)).toBe(1)
      expect(await other.save('raced', samplePerson(2), 0)).toBeUndefined()
      expect(await other.save('raced', samplePerson(2), 1)).toBe(2)
      expect(await one.save('raced', samplePerson(3), 1)).toBeUndefined()
      expect(await one.save('raced', samplePerson(3), 7)).toBeUndefined()
      expect(await personOf('raced')).toEqual(samplePerson(2))
    })

    if (isAtomic)
      test('refuses all but one of many writers at once', async () => {
        const saves = Array.from({ length: 8 }, (_, i) =>
          (i % 2 ? one : other).save('rushed', samplePerson(i), 0),
        )
        const results = await Promise.all(saves)
        expect(results.filter(version => version !== undefined)).toEqual([1])
      })

    test('refuses a write that expects a version of a person without a record', async () => {
      expect(await one.save('never written', samplePerson(1), 3)).toBeUndefined()
      expect(await versions('never written')).toEqual({})
    })

    test('treats a person as unknown 30 days after the last write, also if the item still exists', async () => {
      await one.save('expired', samplePerson(3), 0)
      await one.save('kept', samplePerson(3), 0)
      await clock.elapse(limits.retentionDays * dayMs - 2_000)
      expect(await versions('expired', 'kept')).toEqual({ expired: 1, kept: 1 })
      await one.save('kept', samplePerson(3), 1)
      await clock.elapse(2_000)
      expect(await under.item('expired')).toBeDefined()
      expect(await versions('expired', 'kept')).toEqual({ kept: 2 })
    })

    test('replaces an expired person, once', async () => {
      await one.save('anew', samplePerson(3), 0)
      await one.save('anew', samplePerson(3), 1)
      await clock.elapse(limits.retentionDays * dayMs)
      expect(await one.save('anew', emptyPerson(), 0)).toBe(1)
      expect(await other.save('anew', samplePerson(1), 0)).toBeUndefined()
      expect(await personOf('anew')).toEqual(emptyPerson())
    })

    test('reads an item of an older shape: missing parts are unknown', async () => {
      await under.put('older', { customerId: { S: 'abc' } })
      expect((await one.load(['older'])).get('older')).toMatchObject({
        version: 0,
        person: { ...emptyPerson(), customerId: 'abc' },
      })
      expect(await one.save('older', samplePerson(1), 0)).toBe(1)
      expect(await other.save('older', samplePerson(2), 0)).toBeUndefined()
    })

    test('ignores values of a wrong type', async () => {
      await under.put('wrong', {
        version: { S: 'one' },
        expiresAt: { S: 'tomorrow' },
        customerId: { N: '5' },
        role: { S: 'admin' },
        addresses: { S: 'x' },
        refused: { L: [{ S: 'no time' }, { N: '1' }, { S: `${hash(1)}:zz zz` }, { NULL: true }] },
        identify: { M: {} },
        newestIdentifyMs: { S: 'now' },
        delivered: { L: [{ S: `${hash(2)}:a` }] },
        waiting: { M: { messageId: { S: 'm1' }, firstAttemptMs: { S: '1' } } },
      })
      expect(await personOf('wrong')).toEqual(emptyPerson())
      expect(await one.save('wrong', samplePerson(1), 0)).toBe(1)
      expect(await personOf('wrong')).toEqual(samplePerson(1))
    })

    test('ignores delivered events that are cut off', async () => {
      await one.save('cut', samplePerson(2), 0)
      const bytes = (await under.item('cut'))?.delivered?.B ?? new Uint8Array()
      await under.put('cut', { version: { N: '1' }, delivered: { B: bytes.slice(1) } })
      expect(await personOf('cut')).toEqual(emptyPerson())
    })

    test('cuts long lists to their newest items, on write and on read', async () => {
      const many = Array.from({ length: 300 }, (_, i) => ({ id: hash(i), atMs: i * 1_000 }))
      await one.save('long', { ...emptyPerson(), delivered: many }, 0)
      const bytes = (await under.item('long'))?.delivered?.B ?? new Uint8Array()
      expect((await personOf('long'))?.delivered).toEqual(many.slice(-limits.maxDelivered))
      await under.put('twice', { delivered: { B: Buffer.concat([bytes, bytes]) } })
      expect((await personOf('twice'))?.delivered).toEqual(many.slice(-limits.maxDelivered))
      await under.put('longer', { addresses: { L: many.map(({ id }) => ({ S: id })) } })
      expect((await personOf('longer'))?.addresses).toEqual(
        many.slice(-limits.maxAddresses).map(({ id }) => id),
      )
    })

    test('keeps attributes that it does not know', async () => {
      const unknown = { plan: { M: { tier: { S: 'gold' } } }, 'odd name': { N: '7' } }
      await one.save('newer', samplePerson(2), 0)
      await under.put('newer', { ...(await under.item('newer')), ...unknown })
      expect(await one.save('newer', emptyPerson(), 1)).toBe(2)
      expect(await under.item('newer')).toMatchObject(unknown)
    })

    test('supports names with a special meaning in JavaScript', async () => {
      for (const id of ['__proto__', 'constructor', 'toString']) await one.save(id, samplePerson(1), 0)
      expect(
        [...(await other.load(['__proto__', 'constructor', 'hasOwnProperty'])).keys()].toSorted(),
      ).toEqual(['__proto__', 'constructor'])
    })
  })
}
