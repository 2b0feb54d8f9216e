import type { Call, Note } from './call.ts'
import { toRecordEvent } from './kustomer/to-record-event.ts'
import { toUpsertCustomer } from './kustomer/to-upsert-customer.ts'
import { readEvent } from './parse.ts'
import type { Settings } from './settings.ts'

/**
 * Turns a RudderStack event into one call to Kustomer, as data. Pure: the same event and settings always give the
 * same call, and the event is not changed. Settings that are not given have their defaults.
 * @throws InvalidEventError for an event that cannot be delivered with any settings. It throws nothing else.
 */
export function transform(event: unknown, settings: Partial<Settings> = {}): Call {
  const notes: Note[] = []
  const read = readEvent(event, notes)
  if (read.kind === 'skip') return read
  const { type, view, externalId } = read
  return type === 'identify'
    ? toUpsertCustomer(view, externalId, settings, notes)
    : toRecordEvent(type, view, externalId, settings, notes)
}
