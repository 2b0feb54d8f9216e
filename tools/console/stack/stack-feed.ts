import { setInterval as every } from 'node:timers'
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs'
import type { Live } from '../server/live.ts'
import { createPages } from '../server/pages.ts'
import type { Now } from '../server/shapes.ts'
import { readMetrics, type StackNumbers } from './metrics.ts'
import type { OpenStack } from './open-stack.ts'

/** Seconds between two reads of the queues and settings, and of the metrics. CloudWatch has a new point once a minute. */
const [queueSeconds, metricSeconds] = [10, 60]

/**
 * Creates the live feed of a stack: the numbers of its queues, its settings, and its metrics. It reads AWS only while a page is open.
 * What cannot be read keeps its last value, and the page says why.
 */
export function createStackFeed(stack: OpenStack): Live {
  const pages = createPages()
  let metrics: StackNumbers | undefined
  let status: Now['status'] = { waiting: 0, inFlight: 0, deadLetters: 0 }
  let readAtMs = 0
  const problems = new Map<string, string>()
  /** Resolves to undefined if it cannot be read, and keeps why. */
  const attempt = async <T>(what: string, result: Promise<T>) => {
    try {
      const value = await result
      problems.delete(what)
      return value
    } catch (error) {
      problems.set(what, `The ${what} cannot be read: ${error instanceof Error ? error.message : error}`)
      return undefined
    }
  }
  const read = async () => {
    const isDue = Date.now() - readAtMs >= metricSeconds * 1000
    if (isDue) readAtMs = Date.now()
    const [numbers, queues] = await Promise.all([
      isDue
        ? attempt('metrics', readMetrics(stack.cloudWatch, stack.config.namespace, Date.now()))
        : undefined,
      attempt('queues', queueStatus(stack)),
      attempt('settings', stack.renew()),
    ])
    metrics = numbers ?? metrics
    status = queues ?? status
    return numbers
  }
  const now = (): Now => ({
    counts: metrics?.counts ?? noCounts,
    status,
    settings: stack.config.settings,
    ...(problems.size > 0 && { problem: [...problems.values()].join('. ') }),
  })
  const timer = every(async () => {
    if (!pages.areOpen()) return
    const news = await read()
    pages.broadcast('now', now())
    if (news) pages.broadcast('points', news.points)
  }, queueSeconds * 1000).unref()
  return {
    async open() {
      await read()
      return pages.open({ ...now(), rows: [], points: metrics?.points ?? [] })
    },
    close() {
      clearInterval(timer)
      pages.close()
    },
  }
}

const noCounts: Now['counts'] = {
  ...{ received: 0, queued: 0, ignored: 0, repeated: 0, refused: 0, delivered: 0 },
  ...{ skipped: 0, retries: 0, deadLettered: 0, calls: 0 },
}

async function queueStatus({ relay: { queues } }: OpenStack): Promise<Now['status']> {
  const [queue, dead] = await Promise.all(
    [queues.queueUrl, queues.deadLetterQueueUrl].map(async QueueUrl => {
      const { Attributes } = await queues.sqs.send(
        new GetQueueAttributesCommand({
          QueueUrl,
          AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
        }),
      )
      const waiting = Number(Attributes?.ApproximateNumberOfMessages ?? 0)
      return { waiting, inFlight: Number(Attributes?.ApproximateNumberOfMessagesNotVisible ?? 0) }
    }),
  )
  return {
    waiting: queue?.waiting ?? 0,
    inFlight: queue?.inFlight ?? 0,
    deadLetters: (dead?.waiting ?? 0) + (dead?.inFlight ?? 0),
  }
}
