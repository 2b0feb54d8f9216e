import { type Call, type Settings, transform } from '../../lib/index.ts'
import { schemaErrors } from '../kustomer-stand-in/validate.ts'
import { sentenceOf } from './fault-sentence.ts'
import { isDeeperThan } from './is-deeper-than.ts'

/** Why Kustomer would refuse a call: the path of the field in the request's body, and a sentence that says what to do. */
export interface CallFault {
  path: string
  /** Kustomer's code for it. */
  code: 'badparam' | 'too large'
  sentence: string
}

/** Kustomer refuses a body over 100 kB (developer.kustomer.com, read 2026-11). */
const maxBodyBytes = 102_400
/** Kustomer's schemas allow four levels. Much deeper bodies would overflow the stack of the check. */
const maxDepth = 200

const errorsIn = schemaErrors()

/**
 * Checks a call against Kustomer's schemas, as far as they are known: which custom attributes an organisation has
 * declared is not. Returns why Kustomer would refuse it, each field once; none for a call that sends nothing. The
 * sentences name the fields of the event, so they may hold personal data. Never throws.
 */
export function callFaults(call: Call, settings: Settings): CallFault[] {
  if (call.kind === 'skip') return []
  const isEvent = call.kind === 'recordEvent'
  const body = isEvent ? { identity: call.identity, event: call.event } : call.customer
  const bytes = Buffer.byteLength(JSON.stringify(body))
  const size: CallFault[] =
    bytes > maxBodyBytes
      ? [
          {
            path: '',
            code: 'too large',
            sentence: 'The request is over 100 kB: send fewer or shorter properties.',
          },
        ]
      : []
  if (isDeeperThan(maxDepth, body))
    return [...size, { path: '', code: 'badparam', sentence: 'The body is nested too deeply: flatten it.' }]
  const errors = errorsIn(isEvent ? 'identityEvent' : 'customer', body)
  const faults = errors.map((error): CallFault => {
    const { path, sentence } = sentenceOf(error, body, settings)
    return { path, code: 'badparam', sentence }
  })
  return [...size, ...new Map(faults.map(fault => [`${fault.path} ${fault.sentence}`, fault])).values()]
}

/** What helps against the faults of an event that is sent unchanged. */
export const helpSentence = 'With `advancedTransform` on, Kustomer would take this call.'

/**
 * Whether Kustomer would accept the call of this event if `advancedTransform` were on, as far as its schemas say.
 * @throws InvalidEventError as `transform` does.
 */
export function isHelpedByAdvanced(event: unknown, settings: Settings): boolean {
  if (settings.advancedTransform) return false
  const advanced = { ...settings, advancedTransform: true }
  return callFaults(transform(event, advanced), advanced).length === 0
}
