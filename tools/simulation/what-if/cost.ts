import { functions } from '../../../lib/policy.ts'
import { prices } from '../../bench/prices.ts'

/** What is paid for. Times in milliseconds. */
export interface Usage {
  /** Requests to the webhook, one an event. */
  posts: number
  /** Requests to SQS of every kind, those of the event source too. */
  sqsRequests: number
  workerInvocations: number
  workerMs: number
}

/** Milliseconds that an ingest invocation is billed for: as measured by the bench, rounded up. */
const ingestMs = 15

/** US dollars by service, at the bench's prices. Logs, metrics, the table and transfer are left out. */
export function costOf({ posts, sqsRequests, workerInvocations, workerMs }: Usage): Record<string, number> {
  const million = 1_000_000
  const compute = (ms: number, memoryMb: number) =>
    ((ms / 1_000) * (memoryMb / 1_024) * prices.lambdaTime) / million
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
