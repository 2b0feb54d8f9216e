import * as v from 'valibot'
import { type RequestKind, requestKinds } from './types.ts'

/**
 * What a fault does to its request. With a status below 300 the write is applied, with any other it is not.
 * `slow` applies the write and then waits. `drop` destroys the connection.
 * `throttle` refuses the whole organisation for `forSeconds`, `throttleCustomer` only the person of the request
 * (without `forSeconds`: only this request).
 */
export type FaultAction =
  | { kind: 'status'; status: number; body?: unknown; headers?: Record<string, string> }
  | { kind: 'html'; status: number }
  | { kind: 'slow'; ms: number }
  | { kind: 'drop'; after: 'nothing' | 'write' }
  | { kind: 'throttle'; forSeconds: number }
  | { kind: 'throttleCustomer'; forSeconds?: number }
  | { kind: 'redirect'; to: string }
  | { kind: 'garbage'; status: number }

/**
 * A scripted fault. It applies to requests that match every field of `when`; `path` is a prefix.
 * It applies `times` times: 1 by default, Infinity (null in JSON) for ever. If several match, the oldest applies.
 */
export interface Fault {
  when?: { method?: string; kind?: RequestKind; externalId?: string; path?: string }
  times?: number
  do: FaultAction
}

/** The part of a request that a fault is matched with. `externalIds` are all external ids of the request's person. */
export interface Faultable {
  method: string
  kind: RequestKind
  path: string
  externalIds: string[]
}

const status = v.pipe(v.number(), v.integer(), v.minValue(200), v.maxValue(599))
const length = v.pipe(v.number(), v.minValue(0))

const action = v.variant('kind', [
  v.strictObject({
    kind: v.literal('status'),
    status,
    body: v.exactOptional(v.unknown()),
    headers: v.exactOptional(v.record(v.string(), v.string())),
  }),
  v.strictObject({ kind: v.literal('html'), status }),
  v.strictObject({ kind: v.literal('slow'), ms: length }),
  v.strictObject({ kind: v.literal('drop'), after: v.picklist(['nothing', 'write']) }),
  v.strictObject({ kind: v.literal('throttle'), forSeconds: length }),
  v.strictObject({ kind: v.literal('throttleCustomer'), forSeconds: v.exactOptional(length) }),
  v.strictObject({ kind: v.literal('redirect'), to: v.string() }),
  v.strictObject({ kind: v.literal('garbage'), status }),
])

const fault = v.strictObject({
  when: v.exactOptional(
    v.strictObject({
      method: v.exactOptional(v.string()),
      kind: v.exactOptional(v.picklist(requestKinds)),
      externalId: v.exactOptional(v.string()),
      path: v.exactOptional(v.string()),
    }),
  ),
  times: v.exactOptional(
    v.pipe(
      v.nullable(length),
      v.transform(times => times ?? Number.POSITIVE_INFINITY),
    ),
  ),
  do: action,
})

/** Parses a fault's action from JSON. Throws an Error that says what is wrong. */
export function parseAction(json: unknown): FaultAction {
  return v.parse(action, json)
}

/** Holds the scripted faults, oldest first. `add` accepts any value and throws if it is not a fault. */
export function faultScript() {
  let waiting: { fault: Fault; left: number }[] = []
  return {
    add(value: unknown): void {
      const parsed = v.parse(fault, value)
      waiting.push({ fault: parsed, left: parsed.times ?? 1 })
    },
    clear(): void {
      waiting = []
    },
    list: () => waiting.map(({ fault, left }) => ({ fault, left })),
    take(request: Faultable): FaultAction | undefined {
      const found = waiting.find(({ fault, left }) => left > 0 && fits(fault.when ?? {}, request))
      if (found === undefined) return undefined
      found.left -= 1
      waiting = waiting.filter(({ left }) => left > 0)
      return found.fault.do
    },
  }
}

function fits(when: NonNullable<Fault['when']>, request: Faultable): boolean {
  return (
    (when.method === undefined || when.method === request.method) &&
    (when.kind === undefined || when.kind === request.kind) &&
    (when.externalId === undefined || request.externalIds.includes(when.externalId)) &&
    (when.path === undefined || request.path.startsWith(when.path))
  )
}
