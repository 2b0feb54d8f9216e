import fc from 'fast-check'
import { test } from 'vitest'
import { type Call, InvalidEventError, type Settings, transform } from '../../lib/index.ts'
import { plausibleEvent, settings } from './arbitrary-event.ts'
import { anyJson } from './arbitrary-json.ts'

const runs = { numRuns: 500 }
const anything = fc.oneof({ weight: 3, arbitrary: plausibleEvent }, anyJson)

/** Returns the call or the code of the error. Throws any other error. */
export function outcome(event: unknown, given: Partial<Settings>): Call | string {
  try {
    return transform(event, given)
  } catch (error) {
    if (error instanceof InvalidEventError) return error.code
    throw error
  }
}

/** A law that is true for every event and all settings: by default for plausible events and for any JSON. */
export function law(
  says: string,
  holds: (event: never, given: Partial<Settings>) => void,
  events = anything,
) {
  test(says, () => {
    fc.assert(
      fc.property(events, settings, (event, given) => holds(event as never, given)),
      runs,
    )
  })
}
