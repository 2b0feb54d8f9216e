import { http } from '../../lib/policy.ts'
import type { Fault, FaultAction } from '../kustomer-stand-in/faults.ts'
import type { Random } from './random.ts'

type Kind = NonNullable<NonNullable<Fault['when']>['kind']>

/** The kinds of faults: the weight for the random choice, and the kind of request that it applies to. */
const kinds: { weight: number; kind?: Kind; times?: number; do: FaultAction }[] = [
  { weight: 8, do: { kind: 'status', status: 500 } },
  { weight: 8, times: 3, do: { kind: 'status', status: 503 } },
  { weight: 4, do: { kind: 'status', status: 408 } },
  { weight: 4, do: { kind: 'html', status: 502 } },
  { weight: 4, kind: 'findByExternalId', do: { kind: 'garbage', status: 200 } },
  { weight: 4, kind: 'record', do: { kind: 'garbage', status: 200 } },
  { weight: 8, do: { kind: 'slow', ms: 300 } },
  // Rare, because a worker waits that long. Not for events: the stand-in would log their answers as sent.
  { weight: 0.5, kind: 'update', do: { kind: 'slow', ms: http.timeoutMs.update + 5_000 } },
  { weight: 10, do: { kind: 'drop', after: 'nothing' } },
  { weight: 10, kind: 'record', do: { kind: 'drop', after: 'write' } },
  { weight: 4, kind: 'update', do: { kind: 'drop', after: 'write' } },
  { weight: 4, kind: 'create', do: { kind: 'drop', after: 'write' } },
  { weight: 2, do: { kind: 'throttle', forSeconds: 0.5 } },
  { weight: 8, do: { kind: 'throttleCustomer', forSeconds: 1 } },
  { weight: 6, kind: 'record', do: { kind: 'status', status: 400 } },
  { weight: 3, kind: 'record', do: { kind: 'status', status: 422 } },
  { weight: 3, kind: 'update', do: { kind: 'status', status: 413 } },
  { weight: 3, do: { kind: 'status', status: 401 } },
  { weight: 3, do: { kind: 'redirect', to: '/v1/users/current' } },
  { weight: 3, kind: 'update', do: { kind: 'status', status: 404 } },
  { weight: 3, kind: 'update', do: { kind: 'status', status: 409 } },
]

/** Returns a random fault for one of the next requests about a person. */
export function faultFor(externalId: string, random: Random): Fault {
  const { kind, times = 1, do: action } = random.pick(kinds, ({ weight }) => weight)
  return { when: { externalId, ...(kind && { kind }) }, times, do: action }
}
