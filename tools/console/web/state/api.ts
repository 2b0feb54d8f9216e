/** The relay did not answer at all. */
export class NoAnswerError extends Error {}

/** Sends a request to the console's server. @throws Error with the server's message; NoAnswerError. */
export async function ask<T>(path: string, body?: object): Promise<T> {
  const init = body && {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }
  const response = await fetch(path, init).catch(() => {
    throw new NoAnswerError('The relay does not answer. Is npm start still running?')
  })
  const value = await response.json()
  if (!response.ok) throw new Error(`${response.status}: ${value.message ?? 'no reason given'}`)
  return value as T
}
