import type { Note } from '../call.ts'
import { leaveOut } from '../note.ts'
import { cleanKey } from '../text/fit-name.ts'

/** Properties that link an event to a session and a device. */
const linkKeys: ReadonlySet<string> = new Set([
  'kustomerSessionId',
  'kustomer_session_id',
  'kustomerTrackingId',
  'kustomer_tracking_id',
])
const linkStart = 'k'.charCodeAt(0)

/** Whether a property links the event to a Kustomer session or device. It is then sent beside `meta`, not in it. */
export function isLink(key: string): boolean {
  return key.charCodeAt(0) === linkStart && linkKeys.has(key)
}

/**
 * Whether a property is an e-mail, by its key or its cleaned key, in any letter case. Then notes that it is left out.
 */
export function isEmail(key: string, notes: Note[]): boolean {
  if (key.toLowerCase() !== 'email' && cleanKey(key).toLowerCase() !== 'email') return false
  leaveOut(notes, `properties.${key}`, 'the setting disableEmailAsTrackingProperty is on')
  return true
}
