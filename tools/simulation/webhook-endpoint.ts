import type { WebhookResult } from '../../lib/ingest/handler.ts'
import type { InvocationEnd } from './container.ts'
import type { LambdaFunction } from './lambda-function.ts'
import type { Random } from './random.ts'
import type { WebhookRequest } from './simulated-ingest.ts'
import type { VirtualClock } from './virtual-clock.ts'

/** Sends a request to the webhook: the status of its answer, or undefined where none came in time. Never rejects. */
export type Post = (headers: Record<string, string>, body: string) => Promise<number | undefined>

/** Milliseconds: what the way there and back takes (usual), and how long RudderStack waits (rudder-server, read 2026-08). */
const times = { wayLeastMs: 5, waySpreadMs: 40, patienceMs: 10_000 }

/**
 * API Gateway's HTTP API before the ingest function: it answers 500 where the function failed and 503 where it ran out
 * of time (docs.aws.amazon.com, API Gateway developer guide, "Lambda proxy integrations for HTTP APIs" and "Quotas",
 * read 2026-11-26).
 */
export function createWebhookEndpoint(
  ingest: LambdaFunction<WebhookRequest, WebhookResult>,
  clock: VirtualClock,
  random: Random,
): Post {
  const ways = random.fork('way to the webhook')
  const wayMs = () => times.wayLeastMs + ways.int(times.waySpreadMs)
  return async (headers, body) => {
    const exchange = async () => {
      await clock.sleep(wayMs())
      const end = await ingest.invoke({ headers, body })
      await clock.sleep(wayMs())
      return statusOf(end)
    }
    return Promise.race([exchange(), clock.sleep(times.patienceMs).then(() => undefined)])
  }
}

function statusOf(end: InvocationEnd<WebhookResult>): number {
  if (end.kind === 'answered') return end.value.statusCode ?? 500
  return end.kind === 'killed' && end.why === 'deadline' ? 503 : 500
}
