import { createMemoryStore } from '../../lib/people/memory-store.ts'
import type { PeopleStore } from '../../lib/people/person.ts'
import type { Item } from '../../lib/people/person-item.ts'
import { personRecords } from '../../lib/policy.ts'
import type { Container } from './container.ts'
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

/** What the table needs. */
export interface PeopleTableOptions {
  clock: VirtualClock
  random: Random
  trace: Trace
  faults: TableFaults
}

/** Milliseconds: a read or a write takes some ms (docs.aws.amazon.com, DynamoDB, "single-digit millisecond"). */
const latency = { leastMs: 2, spreadMs: 8 }

/**
 * One DynamoDB table of person records that all containers share: the items of the memory store behind a network that
 * is slow, throttles and loses answers. A write compares the version and writes in one moment. A call that does not
 * answer in time stands in the trace as `table failed`. Gives the store of one container.
 */
export function createPeopleTable({ clock, random, trace, faults }: PeopleTableOptions) {
  const items = new Map<string, Item>()
  return (container: Container): PeopleStore => {
    const store = createMemoryStore(container.clock, items)
    const own = random.fork(`table of ${container.name}`)
    const reach = async <T>(act: () => Promise<T>): Promise<T> => {
      const slowMs = own.chance(faults.slow) ? own.int(faults.slowMs) : 0
      const isFailed = own.chance(faults.failed)
      const isLost = own.chance(faults.lost)
      const tell = (why: string) =>
        trace.add({ at: clock.now(), who: container.name, what: 'table failed', why })
      if (slowMs > personRecords.timeoutMs - latency.leastMs - latency.spreadMs) tell('late')
      const wayMs = () => (latency.leastMs + own.int(latency.spreadMs) + slowMs) / 2
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
    return {
      load: container.port('table', (groupIds: readonly string[]) => reach(() => store.load(groupIds))),
      save: container.port('table', (...args: Parameters<PeopleStore['save']>) =>
        reach(() => store.save(...args)),
      ),
    }
  }
}
