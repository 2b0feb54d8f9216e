import type { RequestKind } from '../kustomer-stand-in/types.ts'
import type { Random } from './random.ts'

/** What a fault makes of one request. */
export interface Handling {
  /** When Kustomer carries the request out: as it arrives, never, or after the relay has stopped waiting. */
  carriedOut: 'on arrival' | 'never' | 'late'
  /** What the relay sees: Kustomer's own answer, nothing, a broken connection, or this answer. */
  answer: 'own' | 'silence' | 'broken' | MadeUpAnswer
  /** Milliseconds that Kustomer takes beside the latency of the network. */
  extraMs?: number
  /** The stand-in's own fault that is asked for: it closes the organisation, or holds one customer, for so long. */
  throttle?: { kind: 'throttle' | 'throttleCustomer'; forSeconds: number }
}

/** An answer that somebody else than Kustomer's API gave, or that came to harm on its way. */
export interface MadeUpAnswer {
  status: number
  /** Undefined where its JSON was cut off. Of an HTML page the headers tell. */
  body?: unknown
  headers?: Record<string, string>
}

/** Makes a fault for one request; `personal` are texts that an unkind answer quotes. */
type Make = (random: Random, personal: readonly string[]) => Handling

/** A fault: for which requests it is, and what it makes of one. */
export interface FaultRow {
  /** Only for requests of these kinds; every kind where it is absent. */
  kinds?: readonly RequestKind[]
  make: Make
}

const writes: readonly RequestKind[] = ['create', 'update', 'record']
const [json, html] = [{ 'content-type': 'application/json' }, { 'content-type': 'text/html' }]

const instead = (status: number, body?: unknown, headers: Record<string, string> = json): Handling => ({
  carriedOut: 'never',
  answer: { status, body, headers },
})
const errors = (status: number, words: Record<string, unknown>) =>
  instead(status, { errors: [{ status, ...words }] })

/** All faults of one request, by name. A scenario says how likely each is. */
export const faultRows = {
  /** 2 to 14 s: longer than some time-outs, shorter than others. */
  slow: {
    make: random => ({ carriedOut: 'on arrival', answer: 'own', extraMs: 2_000 + random.int(12_000) }),
  },
  /** The same for tracking events alone. */
  slowTracking: {
    kinds: ['record'],
    make: random => ({ carriedOut: 'on arrival', answer: 'own', extraMs: 2_000 + random.int(12_000) }),
  },
  /** Never carried out, never answered. */
  hang: { make: () => ({ carriedOut: 'never', answer: 'silence' }) },
  /** Carried out, never answered. */
  lost: { make: () => ({ carriedOut: 'on arrival', answer: 'silence' }) },
  /** Carried out up to 3.5 s after the relay's time-out. */
  late: { make: () => ({ carriedOut: 'late', answer: 'silence' }) },
  broken: { make: () => ({ carriedOut: 'never', answer: 'broken' }) },
  brokenAfterWrite: { make: () => ({ carriedOut: 'on arrival', answer: 'broken' }) },
  error: { make: random => instead(random.pick([500, 503]), { errors: [{ code: 'internal' }] }) },
  gatewayError: { make: random => instead(random.pick([502, 503, 504]), undefined, html) },
  /** The gateway lost patience, Kustomer did not. */
  gatewayTimeout: {
    make: () => ({ carriedOut: 'on arrival', answer: { status: 504, headers: html } }),
  },
  /** A sign-in page of a proxy. */
  page: { make: () => instead(200, undefined, html) },
  /** Carried out; the JSON of the answer was cut off. */
  cut: { kinds: writes, make: () => ({ carriedOut: 'on arrival', answer: { status: 200, headers: json } }) },
  oddJson: {
    make: random => ({
      carriedOut: 'on arrival',
      answer: {
        status: 200,
        headers: json,
        body: random.pick<unknown>([null, [], { data: { id: 5 } }, 'ok']),
      },
    }),
  },
  redirect: { make: () => instead(302, undefined, { location: 'https://login.example/' }) },
  /** "101 Switching Protocols", which nobody asked for. */
  upgrade: { make: () => instead(101, undefined, {}) },
  /** A gateway that does not know the path. */
  wrongHost: {
    kinds: ['create', 'record'],
    make: random => instead(random.pick([404, 405, 410, 415, 426]), undefined, html),
  },
  rejected: {
    kinds: writes,
    make: (random, personal) => {
      const quoted = personal.length > 0 ? random.pick(personal) : ''
      return errors(random.pick([400, 413, 422]), {
        code: 'badparam',
        title: `Not accepted: ${quoted}`,
        detail: `value ${quoted.toUpperCase()} (${encodeURIComponent(quoted)})`,
        source: { parameter: quoted },
      })
    },
  },
  lookUpRejected: {
    kinds: ['findByEmail'],
    make: () => errors(400, { code: 'badparam', title: 'bad email' }),
  },
  /** Somebody else wrote at the same moment; the answer does not say what. */
  bareConflict: { kinds: ['create', 'update'], make: () => instead(409, {}) },
  goneOnce: { kinds: ['update'], make: () => errors(404, { code: 'notfound', title: 'Not Found' }) },
  throttled: {
    make: random => ({
      carriedOut: 'on arrival',
      answer: 'own',
      throttle: { kind: 'throttle', forSeconds: 1 + random.int(20) },
    }),
  },
  /** A 429 without any header: nobody knows how long, or of whom. */
  throttledBare: { make: () => instead(429, { errors: [{ code: 'rate_limited' }] }) },
  /** The reset of a server whose clock is wrong, or in another unit. */
  throttledFar: {
    make: random => {
      const farSeconds = String(random.pick([7_200, 4_102_444_800, 4_102_444_800_000]))
      const headers = { ...json, 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': farSeconds }
      return instead(429, { errors: [{ code: 'rate_limited' }] }, headers)
    },
  },
  throttledCustomer: {
    kinds: ['update', 'record'],
    make: random => ({
      carriedOut: 'on arrival',
      answer: 'own',
      throttle: { kind: 'throttleCustomer', forSeconds: 1 + random.int(30) },
    }),
  },
} satisfies Record<string, FaultRow>
