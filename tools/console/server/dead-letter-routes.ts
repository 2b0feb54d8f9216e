import { json, messageResponse } from '../../http/response.ts'
import type { DeadLetters } from './dead-letters.ts'
import { found, type Route } from './route.ts'

/** The routes of the view "Dead letters". `mayReplay`: without it a replay is refused with 403. */
export function deadLetterRoutes(deadLetters: DeadLetters, mayReplay: boolean): Record<string, Route> {
  const withIds =
    (answer: (ids: string[], text: string) => unknown): Route =>
    async (_, { ids, text }) =>
      Array.isArray(ids)
        ? json(200, await answer(ids.map(String), String(text ?? '')))
        : messageResponse(400, 'ids must be a list')
  const readOnly = () => messageResponse(403, 'This console is read-only: start it with --allow-replay')
  return {
    'GET /local/dead-letters': async () => json(200, await deadLetters.list()),
    'GET /local/dead-letter': async query => found(await deadLetters.describe(query.get('id') ?? '')),
    'POST /local/letters-holding': withIds((ids, text) => deadLetters.holding(ids, text)),
    'POST /local/letter-notes': withIds(deadLetters.notes),
    'POST /local/whose': withIds(deadLetters.whose),
    'POST /local/replay': mayReplay ? withIds(deadLetters.replay) : readOnly,
    'GET /local/running-replay': () => json(200, { running: deadLetters.running() }),
    'GET /local/replay': query => found(deadLetters.progress(query.get('id') ?? '')),
  }
}
