import { createMemoryRateStore, type RateStore } from '../../lib/kustomer/rate-store.ts'
import { createMemoryStore } from '../../lib/people/memory-store.ts'
import type { PeopleStore } from '../../lib/people/person.ts'
import type { Item } from '../../lib/people/person-item.ts'
import { personRecords } from '../../lib/policy.ts'
import type { Container } from './container.ts'
import { itemSize } from './item-size.ts'
import type { Random } from './random.ts'
import type { Trace } from './trace.ts'
import type { VirtualClock } from './virtual-clock.ts'

/** How the table misbehaves: the chance of each for one call, from 0 to 1. */
export interface TableFaults {
  /** The call takes up to `slowMs` longer. */
  slow: number
  slowMs: number
  /** Throttled or failed: nothing is done. */
  failed: number
  /** Done, and the answer is lost. */
  lost: number
}

/**
 * One call of the table, and the bytes of each item that it read or wrote. For a write they are those of the larger
 * item, before or after it. They are 0 for an item that is not there, and for the item of the rate limit, which is small.
 */
export interface TableUse {
  of: 'people' | 'rate'
  kind: 'read' | 'write'
  bytes: readonly number[]
}

/** What the table needs: also where its items are, by message group. `onUse` hears of every call that was carried out. */
export interface PeopleTableOptions {
  clock: VirtualClock
  random: Random
  trace: Trace
  faults: TableFaults
  items?: Map<string, Item>
  onUse?(use: TableUse): void
}

/** Milliseconds: a read or a write takes some ms (docs.aws.amazon.com, DynamoDB, "single-digit millisecond"). */
const latency = { leastMs: 2, spreadMs: 8 }

/** The table as one container reaches it: the person records, and the item of the rate limit. */
export interface ContainerTable {
  people: PeopleStore
  rate: RateStore
}

/**
 * One DynamoDB table that all containers share: the items of the memory stores behind a network that is slow, throttles
 * and loses answers. A write compares the version and writes in one moment. A call that does not answer in time stands
 * in the trace as `table failed`, with what it was for. Gives the table of one container.
 */
export function createPeopleTable(options: PeopleTableOptions) {
  const { items = new Map<string, Item>() } = options
  const rate = createMemoryRateStore()
  const bytesOf = (id: string) => (items.has(id) ? itemSize({ id: { S: id }, ...items.get(id) }) : 0)
  const counted = async <T>(kind: TableUse['kind'], ids: readonly string[], act: () => Promise<T>) => {
    const before = ids.map(bytesOf)
    const answer = await act()
    options.onUse?.({ of: 'people', kind, bytes: ids.map((id, i) => Math.max(bytesOf(id), before[i] ?? 0)) })
    return answer
  }
  const countedRate = <T>(kind: TableUse['kind'], act: () => Promise<T>) => {
    options.onUse?.({ of: 'rate', kind, bytes: [0] })
    return act()
  }
  return (container: Container): ContainerTable => {
    const people = createMemoryStore(container.clock, items)
    const records = reaching(container, 'people', options)
    const limit = reaching(container, 'rate', options)
    return {
      people: {
        load: container.port('table', groupIds =>
          records(() => counted('read', groupIds, () => people.load(groupIds))),
        ),
        save: container.port('table', (...args) =>
          records(() => counted('write', [args[0]], () => people.save(...args))),
        ),
      },
      rate: {
        load: container.port('table', () => limit(() => countedRate('read', () => rate.load()))),
        save: container.port('table', (...args) =>
          limit(() => countedRate('write', () => rate.save(...args))),
        ),
        saveIdle: container.port('table', (...args) =>
          limit(() => countedRate('write', () => rate.saveIdle(...args))),
        ),
      },
    }
  }
}

/** The way of a container's calls to the table and back, with all that happens on it. */
function reaching(
  { name }: Container,
  of: 'people' | 'rate',
  { clock, random, trace, faults }: PeopleTableOptions,
) {
  const own = random.fork(of === 'people' ? `table of ${name}` : `rate limit of ${name}`)
  const tell = (why: string) => trace.add({ at: clock.now(), who: name, what: 'table failed', of, why })
  return async <T>(act: () => Promise<T>): Promise<T> => {
    const slowMs = own.chance(faults.slow) ? own.int(faults.slowMs) : 0
    const isFailed = own.chance(faults.failed)
    const isLost = own.chance(faults.lost)
    const wayMs = () => (latency.leastMs + own.int(latency.spreadMs) + slowMs) / 2
    if (slowMs > personRecords.timeoutMs - latency.leastMs - latency.spreadMs) tell('late')
    await clock.sleep(wayMs())
    if (isFailed) {
      tell('throttled')
      throw new Error('ThrottlingException')
    }
    const result = await act()
    await clock.sleep(wayMs())
    if (isLost) {
      tell('answer lost')
      throw new Error('TimeoutError')
    }
    return result
  }
}
