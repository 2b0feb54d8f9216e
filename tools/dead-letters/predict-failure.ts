import type { Settings } from '../../lib/index.ts'
import type { DeadLetterMessage } from './dead-letter-message.ts'
import { describeDeadLetter } from './describe.ts'

/**
 * Why an event would be dead-lettered again with these settings, as far as Kustomer's schemas say. Undefined if nothing is
 * known against it. It names no field of the event, so it holds no personal data. Never throws.
 */
export function predictFailure(
  deadLetter: DeadLetterMessage,
  settings: Partial<Settings>,
): string | undefined {
  const { problem, faults, isHelpedByAdvanced } = describeDeadLetter(deadLetter, settings, Date.now())
  if (problem !== undefined) return 'the current code makes no call from it'
  if (faults === undefined) return undefined
  return isHelpedByAdvanced
    ? 'Kustomer takes it only with `advancedTransform` on'
    : 'Kustomer would refuse it (show ID says why)'
}
