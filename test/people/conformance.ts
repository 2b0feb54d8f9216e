import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PeopleStore } from '../../lib/people/person.ts'
import { emptyPerson } from '../../lib/people/person.ts'
import type { Item } from '../../lib/people/person-item.ts'
import { personRecords as limits } from '../../lib/policy.ts'
import { type FakeClock, fakeClock } from '../runtime/fake-clock.ts'
import { hash, samplePerson } from './sample-person.ts'

/** Stores over the same records, and a way to the items behind them. */
export interface StoreUnderTest {
  /** Two workers' views of the same records. */
  stores: [PeopleStore, PeopleStore]
  /** The item of a person as it lies there, without its key. */
  item(groupId: string): Promise<Item | undefined>
  put(groupId: string, item: Item): Promise<void>
  close(): Promise<void>
}

const dayMs = 86_400_000

/**
 * What every store of person records does. Each test has people of its own. `isAtomic` is false for an emulator that
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

    test('gives a person back as it was written, to another worker', async () => {
      expect(await one.save('whole', samplePerson(5), 0)).toBe(1)
      expect(await personOf('whole')).toEqual(samplePerson(5))
      expect(await one.save('empty', emptyPerson(), 0)).toBe(1)
      expect(await personOf('empty')).toEqual(emptyPerson())
    })

    test('says when the record expires', async () => {
      await one.save('expiring', samplePerson(1), 0)
      const { expiresAtMs = 0 } = (await one.load(['expiring'])).get('expiring') ?? {}
      expect(Math.abs(expiresAtMs - clock.now() - limits.retentionDays * dayMs)).toBeLessThan(1_000)
    })

    test('removes the parts that are no longer known', async () => {
      await one.save('shrinking', samplePerson(5), 0)
      expect(await one.save('shrinking', emptyPerson(), 1)).toBe(2)
      expect(await personOf('shrinking')).toEqual(emptyPerson())
    })

    test('reads many at once, each once, and leaves out those who are not known', async () => {
      const ids = Array.from({ length: 230 }, (_, i) => `many ${i}`)
      for (const id of ids.filter((_, i) => i % 23 === 0)) await one.save(id, samplePerson(1), 0)
      const known = await other.load([...ids, ...ids])
      expect([...known.keys()].toSorted()).toEqual(ids.filter((_, i) => i % 23 === 0).toSorted())
      expect((await other.load([])).size).toBe(0)
    })

    test('refuses a lost update: of two who read the same version, the first writes', async () => {
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

    test('does not know whom it would have to have a version for', async () => {
      expect(await one.save('never written', samplePerson(1), 3)).toBeUndefined()
      expect(await versions('never written')).toEqual({})
    })

    test('forgets a person 30 days after the last write, also where the item still lies there', async () => {
      await one.save('expired', samplePerson(3), 0)
      await one.save('kept', samplePerson(3), 0)
      await clock.elapse(limits.retentionDays * dayMs - 2_000)
      expect(await versions('expired', 'kept')).toEqual({ expired: 1, kept: 1 })
      await one.save('kept', samplePerson(3), 1)
      await clock.elapse(2_000)
      expect(await under.item('expired')).toBeDefined()
      expect(await versions('expired', 'kept')).toEqual({ kept: 2 })
    })

    test('starts an expired person anew, once', async () => {
      await one.save('anew', samplePerson(3), 0)
      await one.save('anew', samplePerson(3), 1)
      await clock.elapse(limits.retentionDays * dayMs)
      expect(await one.save('anew', emptyPerson(), 0)).toBe(1)
      expect(await other.save('anew', samplePerson(1), 0)).toBeUndefined()
      expect(await personOf('anew')).toEqual(emptyPerson())
    })

    test('reads an item of an older shape: what is missing is not known', async () => {
      await under.put('older', { customerId: { S: 'abc' } })
      expect((await one.load(['older'])).get('older')).toMatchObject({
        version: 0,
        person: { ...emptyPerson(), customerId: 'abc' },
      })
      expect(await one.save('older', samplePerson(1), 0)).toBe(1)
      expect(await other.save('older', samplePerson(2), 0)).toBeUndefined()
    })

    test('ignores what is of a wrong type', async () => {
      await under.put('wrong', {
        version: { S: 'one' },
        expiresAt: { S: 'tomorrow' },
        customerId: { N: '5' },
        role: { S: 'admin' },
        addresses: { S: 'x' },
        refused: { L: [{ S: 'no time' }, { N: '1' }, { S: `${hash(1)}:zz zz` }, { NULL: true }] },
        identify: { M: {} },
        newestIdentifyMs: { S: 'now' },
        delivered: { L: [{ S: `${hash(2)}:a` }, { S: 'ann@example.com:a' }] },
        waiting: { M: { messageId: { S: 'm1' }, firstAttemptMs: { S: '1' } } },
      })
      expect(await personOf('wrong')).toEqual({
        ...emptyPerson(),
        delivered: [{ id: hash(2), atMs: 10 }],
      })
      expect(await one.save('wrong', samplePerson(1), 0)).toBe(1)
      expect(await personOf('wrong')).toEqual(samplePerson(1))
    })

    test('cuts oversized lists to their newest, when they are written and when they are read', async () => {
      const many = Array.from({ length: 300 }, (_, i) => ({ id: hash(i), atMs: i }))
      await one.save('long', { ...emptyPerson(), delivered: many }, 0)
      expect((await under.item('long'))?.delivered?.L).toHaveLength(limits.maxDelivered)
      expect((await personOf('long'))?.delivered).toEqual(many.slice(-limits.maxDelivered))
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

    test('keeps names that mean something to the language apart', async () => {
      for (const id of ['__proto__', 'constructor', 'toString']) await one.save(id, samplePerson(1), 0)
      expect(
        [...(await other.load(['__proto__', 'constructor', 'hasOwnProperty'])).keys()].toSorted(),
      ).toEqual(['__proto__', 'constructor'])
    })
  })
}
