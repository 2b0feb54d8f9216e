import { functions } from '../../../lib/policy.ts'

/** What is paid for. Times in milliseconds. */
export interface Usage {
  /** Requests to the webhook, one an event. */
  posts: number
  /** Requests to SQS of every kind, those of the event source too. */
  sqsRequests: number
  workerInvocations: number
  workerMs: number
}

/**
 * US dollars in us-east-1, without the free tier (aws.amazon.com/sqs/pricing, /lambda/pricing for Arm, /api-gateway/pricing
 * for HTTP APIs; read 2026-11-26): a million requests, a GB-second.
 */
const prices = { sqs: 0.5, lambda: 0.2, gigabyteSecond: 0.0000133334, httpApi: 1 }

/** Milliseconds that an ingest invocation is billed for: as measured by the bench, rounded up. */
const ingestMs = 15

/** US dollars by service. Logs, metrics and transfer are left out. */
export function costOf({ posts, sqsRequests, workerInvocations, workerMs }: Usage): Record<string, number> {
  const million = 1_000_000
  const compute = (ms: number, memoryMb: number) => (ms / 1_000) * (memoryMb / 1_024) * prices.gigabyteSecond
  const { ingest, worker } = functions
  return {
    'API Gateway': (posts / million) * prices.httpApi,
    Lambda:
      ((posts + workerInvocations) / million) * prices.lambda +
      compute(posts * ingestMs, ingest.memoryMb) +
      compute(workerMs, worker.memoryMb),
    SQS: (sqsRequests / million) * prices.sqs,
  }
}
