import { isDeepStrictEqual } from 'node:util'
import type { Fault } from '../../kustomer-stand-in/faults.ts'
import type { StandIn } from '../../kustomer-stand-in/types.ts'
import type { KustomerState } from './kustomer-shapes.ts'

/** A failure to simulate. `howLong` says in words how long it lasts while it still applies `left` times. */
interface Failure {
  label: string
  what: string
  fault?: Fault
  howLong(left: number): string
}

const refusal = { errors: [{ status: 400, code: 'bad_request', title: 'refused by the console' }] }
const upTo = (left: number, noun: string) => `for the next ${left === 1 ? noun : `${left} ${noun}s`}`

/** Failures to simulate, by name: the page shows how the relay handles them. The last one ends the others. */
export const failures: Record<string, Failure> = {
  throttle: {
    label: '429 for 10 s',
    what: 'The organisation has no requests left.',
    fault: { do: { kind: 'throttle', forSeconds: 10 } },
    howLong: () => 'for 10 s from the next request on',
  },
  errors: {
    label: 'Five 500s',
    what: 'The next five requests fail.',
    fault: { times: 5, do: { kind: 'status', status: 500 } },
    howLong: left => upTo(left, 'request'),
  },
  slow: {
    label: 'Slow',
    what: 'The next ten answers take 3 s.',
    fault: { times: 10, do: { kind: 'slow', ms: 3_000 } },
    howLong: left => upTo(left, 'answer'),
  },
  key: {
    label: 'Key wrong',
    what: 'Every request gets a 401 until "All well again".',
    howLong: () => 'until you press "All well again"',
  },
  drop: {
    label: 'Drop after write',
    what: 'The next write is stored, but its answer is lost.',
    fault: { when: { method: 'POST' }, do: { kind: 'drop', after: 'write' } },
    howLong: left => upTo(left, 'write'),
  },
  refuse: {
    label: 'Refuse an event',
    what: 'The next tracking event gets a 400 and becomes a dead letter.',
    fault: { when: { kind: 'record' }, do: { kind: 'status', status: 400, body: refusal } },
    howLong: left => upTo(left, 'tracking event'),
  },
  clear: {
    label: 'All well again',
    what: 'There are no faults, and the key is right.',
    howLong: () => '',
  },
}

/** Returns the failures that are active at the stand-in, in words. Those that another program has set count too. */
export function activeFailures(standIn: StandIn, isKeyRight: boolean): KustomerState['active'] {
  const { faults, throttledForMs } = standIn.activeFaults()
  const isOf = (one: Fault, { fault }: Failure) => isDeepStrictEqual(one, fault)
  const known = Object.entries(failures).flatMap(([name, failure]) => {
    const { label } = failure
    const left = faults.reduce((sum, one) => sum + (isOf(one.fault, failure) ? one.left : 0), 0)
    if (name === 'throttle' && throttledForMs > 0)
      return { name, label, howLong: `for ${Math.ceil(throttledForMs / 1_000)} s more` }
    return left > 0 || (name === 'key' && !isKeyRight) ? { name, label, howLong: failure.howLong(left) } : []
  })
  const others = faults.filter(({ fault }) => !Object.values(failures).some(failure => isOf(fault, failure)))
  return others.length === 0
    ? known
    : [...known, { name: 'other', label: 'A failure of another program', howLong: 'until it has applied' }]
}
