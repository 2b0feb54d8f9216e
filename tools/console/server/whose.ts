import type { DeadLetterMessage } from '../../dead-letters/dead-letter-message.ts'
import { prepareReplay } from '../../dead-letters/prepare.ts'
import { externalIdIn } from '../../local-relay/external-id-in.ts'
import type { Whose } from './letter-shapes.ts'

/** Returns whose events these dead letters are, those with most events first, and which ones cannot be replayed. */
export function whoseOf(deadLetters: DeadLetterMessage[]): Whose {
  const byName = Map.groupBy(deadLetters, nameOf)
  const people = [...byName].map(([name, letters]) => ({ name, events: letters.length }))
  const problems = prepareReplay(deadLetters).flatMap(one =>
    one.kind === 'stuck' ? `${one.deadLetter.id.slice(0, 8)} cannot be replayed: ${one.why}` : [],
  )
  return { people: people.sort((a, b) => b.events - a.events), problems }
}

function nameOf({ body, groupId }: DeadLetterMessage): string {
  return externalIdIn(body) ?? (groupId ? `person ${groupId.slice(0, 8)}` : 'nobody known')
}
