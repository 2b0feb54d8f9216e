import { type Clock, systemClock } from '../../lib/runtime/clock.ts'

/** What a tool does when its AWS credentials expire while it works. */
export interface Renewal {
  /** Called once when the credentials have expired. */
  onExpired(): void
  /** Called when requests succeed again. */
  onRenewed(): void
  /** Ends the waiting: the request then fails with the error of the expired credentials. */
  signal: AbortSignal
  clock?: Clock
}

interface Client {
  send(command: never): Promise<unknown>
  destroy(): void
}

/** Milliseconds between two tries with credentials that may have been renewed. */
const retryMs = 5_000

/**
 * Returns a client whose requests survive expired credentials: they wait and are tried again with a new client, which
 * reads the credentials anew, until the user has renewed them. Credentials that were expired from the start are an error
 * at once. `create` makes a client.
 */
export function renewingClient<C extends Client>(create: () => C, renewal: Renewal): C {
  const { onExpired, onRenewed, signal, clock = systemClock } = renewal
  let client = create()
  const requests = new Map<C, number>()
  let hasWorked = false
  let isExpired = false
  let pause: Promise<void> | undefined
  const renew = async () => {
    if (!isExpired) onExpired()
    isExpired = true
    await clock.sleep(retryMs, signal)
    client = create()
    pause = undefined
  }
  /** Counts a client's requests. An old one is destroyed after its last: requests that still run would fail. */
  const count = (used: C, change: number) => {
    const left = (requests.get(used) ?? 0) + change
    if (left > 0) requests.set(used, left)
    else requests.delete(used)
    if (left === 0 && used !== client) used.destroy()
  }
  const send = async (command: never): Promise<unknown> => {
    for (;;) {
      const used = client
      count(used, 1)
      try {
        const answer = await used.send(command)
        hasWorked = true
        if (isExpired) onRenewed()
        isExpired = false
        return answer
      } catch (error) {
        if (!hasWorked || signal.aborted || !isAboutExpiry(error)) throw error
        // All requests that fail meanwhile wait for the same new client.
        if (client === used) pause ??= renew()
        await pause
      } finally {
        count(used, -1)
      }
    }
  }
  return { send, destroy: () => client.destroy() } as C
}

const expired =
  /^(ExpiredToken|ExpiredTokenException|RequestExpired|TokenRefreshRequired|TokenProviderError)$/

/** Whether an error says that the AWS credentials, or the session from which they come, have expired. */
export function isAboutExpiry(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return (
    expired.test(error.name) || (/^Credentials/.test(error.name) && /expire|refresh/i.test(error.message))
  )
}
