import type { DeadLetterMessage } from './dead-letter-message.ts'

const [shortest, leastTyped] = [8, 4]

/**
 * The shortest ids by which these dead letters can be told apart, at least 8 characters: the beginning of SQS's MessageId.
 * A dead letter keeps its own between readings; only the length grows where two begin alike.
 */
export function shortIdsOf(deadLetters: DeadLetterMessage[]): Map<string, string> {
  const sorted = deadLetters.map(({ id }) => id).sort()
  const common = (a = '', b = '') => [...a].findIndex((deadLetter, i) => deadLetter !== b[i])
  return new Map(
    sorted.map((id, i) => {
      const alike = Math.max(common(id, sorted[i - 1]), common(id, sorted[i + 1]))
      return [id, id.slice(0, Math.max(shortest, alike + 1))]
    }),
  )
}

/**
 * The dead letters that a typed id may mean: those whose id begins with it (4 characters or more), else those of exactly
 * that RudderStack `messageId`. One is an answer; none or several are for the caller to tell.
 */
export function deadLettersOf(deadLetters: DeadLetterMessage[], typed: string): DeadLetterMessage[] {
  const wanted = typed.trim().toLowerCase()
  const byPrefix =
    wanted.length < leastTyped ? [] : deadLetters.filter(({ id }) => id.toLowerCase().startsWith(wanted))
  return byPrefix.length > 0
    ? byPrefix
    : deadLetters.filter(({ eventId }) => eventId && eventId === typed.trim())
}

/** A dead letter by a typed id. @throws Error that names the dead letters in question, where it means none or several. */
export function deadLetterById(deadLetters: DeadLetterMessage[], typed: string): DeadLetterMessage {
  const found = deadLettersOf(deadLetters, typed)
  if (found.length === 1 && found[0]) return found[0]
  const ids = shortIdsOf(deadLetters)
  if (found.length > 1)
    throw new Error(`"${typed}" may mean ${found.map(({ id }) => ids.get(id)).join(', ')}: type more of it`)
  throw new Error(`No dead letter has an id that begins with "${typed}" (4 characters or more)`)
}
