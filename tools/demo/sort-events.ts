import { transform } from '../../lib/transform/index.ts'
import type { Settings } from '../../lib/transform/settings.ts'
import { callFaults } from '../preview/call-faults.ts'

type Event = Record<string, unknown>

/**
 * The events of a demo. Events of anonymous visitors are the first wave, so their customers exist before the others.
 */
export interface Sorted {
  waves: Event[][]
  /** The events that Kustomer would refuse with the current settings, and why. */
  refused: { event: Event; why: string }[]
}

/** Sorts events into waves. Leaves out events whose call, under these settings, does not match Kustomer's schemas. */
export function sortEvents(events: Event[], settings: Settings): Sorted {
  const checked = events.map(event => ({ event, why: refusalOf(event, settings) }))
  const good = checked.flatMap(({ event, why }) => (why === undefined ? [event] : []))
  return {
    waves: [good.filter(event => !event.userId), good.filter(event => event.userId)],
    refused: checked.flatMap(({ event, why }) => (why === undefined ? [] : [{ event, why }])),
  }
}

function refusalOf(event: Event, settings: Settings): string | undefined {
  const call = transform(event, settings)
  if (call.kind === 'skip') return call.why
  return callFaults(call, settings)[0]?.sentence
}
