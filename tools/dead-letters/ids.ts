import type { DeadLetterMessage } from './dead-letter-message.ts'

const [shortest, leastTyped] = [8, 4]

/**
 * Returns a short, unique id for each id of a dead letter: the first characters of SQS's MessageId, at least 8. It stays the same between readings, but is longer if another id begins with the same characters.
 */
export function shortIdsOf(ids: Iterable<string>): Map<string, string> {
  const sorted = [...ids].sort()
  const common = (a = '', b = '') => [...a].findIndex((character, i) => character !== b[i])
  return new Map(
    sorted.map((id, i) => {
      const alike = Math.max(common(id, sorted[i - 1]), common(id, sorted[i + 1]))
      return [id, id.slice(0, Math.max(shortest, alike + 1))]
    }),
  )
}

/**
 * Returns the dead letters that match a typed id: those whose id begins with it (4 characters or more), otherwise those
 * with exactly this RudderStack `messageId`. There may be none, one or several.
 */
export function deadLettersOf(deadLetters: DeadLetterMessage[], typed: string): DeadLetterMessage[] {
  const wanted = typed.trim().toLowerCase()
  const byPrefix =
    wanted.length < leastTyped ? [] : deadLetters.filter(({ id }) => id.toLowerCase().startsWith(wanted))
  return byPrefix.length > 0
    ? byPrefix
    : deadLetters.filter(({ eventId }) => eventId && eventId === typed.trim())
}

/** Returns the dead letter that matches a typed id. @throws Error if none matches, or several (it lists them). */
export function deadLetterById(deadLetters: DeadLetterMessage[], typed: string): DeadLetterMessage {
  const found = deadLettersOf(deadLetters, typed)
  if (found.length === 1 && found[0]) return found[0]
  const ids = shortIdsOf(deadLetters.map(({ id }) => id))
  if (found.length > 1)
    throw new Error(
      `"${typed}" matches ${found.map(({ id }) => ids.get(id)).join(', ')}: type more characters`,
    )
  throw new Error(`No dead letter has an id that begins with "${typed}" (4 characters or more)`)
}
