import type { Settings } from '../../../lib/index.ts'
import type { DeadLetterMessage } from '../../dead-letters/dead-letter-message.ts'
import { prepareReplay } from '../../dead-letters/prepare.ts'
import { externalIdIn } from '../../local-relay/external-id-in.ts'
import type { Whose } from './letter-shapes.ts'
import { noteOn } from './note-on.ts'

/** Checking one takes up to 3 ms, and a replay may be of thousands. */
const maxChecked = 100

/**
 * Returns whose events these dead letters are, those with most events first, and which ones cannot be replayed or would
 * be refused again. For the latter only the first 100 are checked.
 */
export function whoseOf(deadLetters: DeadLetterMessage[], settings: Settings): Whose {
  const byName = Map.groupBy(deadLetters, nameOf)
  const people = [...byName].map(([name, letters]) => ({ name, events: letters.length }))
  const problems = prepareReplay(deadLetters).flatMap(one =>
    one.kind === 'stuck' ? `${one.deadLetter.id.slice(0, 8)} cannot be replayed: ${one.why}` : [],
  )
  const doomed = deadLetters
    .slice(0, maxChecked)
    .filter(letter => noteOn(letter, settings).isAcceptable === false).length
  const which = deadLetters.length === 1 ? 'this' : `${doomed} of these`
  const warning = `Kustomer would refuse ${which} again. Mend the cause first.`
  return {
    people: people.sort((a, b) => b.events - a.events),
    problems: doomed > 0 ? [...problems, warning] : problems,
  }
}

function nameOf({ body, groupId }: DeadLetterMessage): string {
  return externalIdIn(body) ?? (groupId ? `person ${groupId.slice(0, 8)}` : 'nobody known')
}
