import { transform } from '../../lib/transform/index.ts'
import type { Settings } from '../../lib/transform/settings.ts'
import { validateCustomer, validateIdentityEvent } from '../kustomer-stand-in/validate.ts'

type Event = Record<string, unknown>

/** The events of a demo: visitors without a name go first, so that Kustomer knows them when they get one. */
export interface Sorted {
  waves: Event[][]
  /** Those that Kustomer would refuse as they are, under settings that leave them so, with its words. */
  refused: { event: Event; why: string }[]
}

/** Sorts events into waves, and out of them what Kustomer's schemas refuse of the calls that these settings make. */
export function sortEvents(events: Event[], settings: Settings): Sorted {
  const judged = events.map(event => ({ event, why: refusalOf(event, settings) }))
  const good = judged.flatMap(({ event, why }) => (why === undefined ? [event] : []))
  return {
    waves: [good.filter(event => !event.userId), good.filter(event => event.userId)],
    refused: judged.flatMap(({ event, why }) => (why === undefined ? [] : [{ event, why }])),
  }
}

function refusalOf(event: Event, settings: Settings): string | undefined {
  const call = transform(event, settings)
  if (call.kind === 'skip') return call.why
  const errors =
    call.kind === 'recordEvent'
      ? validateIdentityEvent({ identity: call.identity, event: call.event })
      : validateCustomer(call.customer)
  return errors.map(({ title, source }) => [title, source?.parameter].filter(Boolean).join(' '))[0]
}
