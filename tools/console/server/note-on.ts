import type { Settings } from '../../../lib/index.ts'
import type { DeadLetterMessage } from '../../dead-letters/dead-letter-message.ts'
import { describeDeadLetter } from '../../dead-letters/describe.ts'
import { externalIdIn } from '../../local-relay/external-id-in.ts'
import type { LetterNote } from './letter-shapes.ts'

/**
 * Returns whose a dead letter is, and whether Kustomer would accept its event under these settings. Nothing is said about
 * a body that makes no call: its details say why.
 */
export function noteOn(deadLetter: DeadLetterMessage, settings: Settings): LetterNote {
  const { id, body } = deadLetter
  const { call, faults } = describeDeadLetter(deadLetter, settings, Date.now())
  const userId = externalIdIn(body)
  return {
    id,
    ...(userId !== undefined && { userId }),
    ...(call !== undefined && call.kind !== 'skip' && { isAcceptable: faults === undefined }),
  }
}
