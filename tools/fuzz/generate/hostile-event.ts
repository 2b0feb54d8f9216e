import fc from 'fast-check'
import { setOwn } from '../../../lib/transform/set-own.ts'
import { documentationSamples, webShopEvents } from '../../samples/samples.ts'
import { hostileKey } from './hostile-key.ts'
import { hostileValue, toText } from './hostile-value.ts'
import { richEvents } from './rich-events.ts'

/** One change of an event: at the place with this number, modulo the number of places. */
type Change =
  | { at: number; do: 'set'; value: unknown }
  | { at: number; do: 'add'; key: string; value: unknown }
  | { at: number; do: 'rename'; key: string }
  | { at: number; do: 'drop' }
  | { do: 'setPart'; key: string; value: unknown }

type Fields = Record<string, unknown>
/** A key or an index of an object or a list. */
interface Place {
  of: Fields
  key: string
}

const at = fc.nat(500)
const change = fc.oneof(
  { weight: 4, arbitrary: fc.record({ at, do: fc.constant('set' as const), value: hostileValue }) },
  {
    weight: 2,
    arbitrary: fc.record({ at, do: fc.constant('add' as const), key: hostileKey, value: hostileValue }),
  },
  { weight: 1, arbitrary: fc.record({ at, do: fc.constant('rename' as const), key: hostileKey }) },
  { weight: 1, arbitrary: fc.record({ at, do: fc.constant('drop' as const) }) },
)

const parts = [
  'type',
  'userId',
  'anonymousId',
  'messageId',
  'event',
  'traits',
  'properties',
  'context',
  'timestamp',
]
const setPart = fc.record({
  do: fc.constant('setPart' as const),
  key: fc.constantFrom(...parts),
  value: hostileValue,
})

const anyChange = fc.oneof({ weight: 5, arbitrary: change }, setPart)

const bases: Fields[] = [
  ...richEvents,
  ...richEvents,
  ...webShopEvents,
  ...documentationSamples.map(({ event }) => event),
]

function textWith(mostChanges: number): fc.Arbitrary<string> {
  return fc
    .tuple(fc.nat(bases.length - 1), fc.array(anyChange, { maxLength: mostChanges }))
    .map(([index, changes]) => toText(changed(bases[index] ?? {}, changes)))
}

/** The JSON text of an event that RudderStack may send, with up to five hostile changes; sometimes of no event at all. */
export const hostileEventText = fc.oneof(
  { weight: 12, arbitrary: textWith(5) },
  { weight: 1, arbitrary: hostileValue.map(toText) },
)

/** The JSON text of an event with at most one hostile change, which most often is delivered. */
export const plausibleEventText = textWith(1)

function changed(base: Fields, changes: Change[]): unknown {
  const event: Fields = structuredClone(base)
  // A copy of each change: one value must not be at two places, or inside itself.
  for (const one of JSON.parse(JSON.stringify(changes)) as Change[]) {
    if (one.do === 'setPart') {
      event[one.key] = one.value
      continue
    }
    const places = placesIn(event)
    const place = places[one.at % Math.max(1, places.length)]
    if (place) apply(place, one)
  }
  return event
}

/** The places of an event, a few levels deep. */
function placesIn(fields: Fields, levels = 5): Place[] {
  return Object.keys(fields).flatMap(key => {
    const value = fields[key]
    const hasMore = levels > 1 && typeof value === 'object' && value !== null
    return [{ of: fields, key }, ...(hasMore ? placesIn(value as Fields, levels - 1) : [])]
  })
}

function apply({ of, key }: Place, change: Exclude<Change, { do: 'setPart' }>): void {
  const value = of[key]
  if (change.do === 'drop' || change.do === 'rename') {
    if (Array.isArray(of)) of.splice(Number(key), 1)
    else delete of[key]
  }
  if (change.do === 'rename') put(of, change.key, value)
  if (change.do === 'set') setOwn(of, key, change.value)
  if (change.do === 'add')
    put(typeof value === 'object' && value !== null ? (value as Fields) : of, change.key, change.value)
}

function put(into: Fields, key: string, value: unknown): void {
  if (Array.isArray(into)) into.push(value)
  else setOwn(into, key, value)
}
