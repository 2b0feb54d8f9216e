import type { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import type { Start } from '../../tools/console/server/shapes.ts'
import type { OpenStack } from '../../tools/console/stack/open-stack.ts'
import { createStackFeed } from '../../tools/console/stack/stack-feed.ts'

const deny = (action: string) => async () => {
  throw new Error(`You are not authorized to perform: ${action}`)
}

/** The first message of the feed of a stack whose AWS answers like this. */
async function start(
  cloudWatch: () => Promise<object>,
  sqs: () => Promise<object>,
  renew: () => Promise<void> = async () => undefined,
): Promise<Start> {
  const queues = { sqs: { send: sqs }, queueUrl: 'events', deadLetterQueueUrl: 'dead' }
  const config = { settings: {}, namespace: 'KustomerRelay/prod' }
  const feed = createStackFeed({
    cloudWatch: { send: cloudWatch },
    relay: { queues },
    config,
    renew,
  } as unknown as OpenStack)
  const { body } = await feed.open()
  const text = String((body as Readable).read())
  feed.close()
  return JSON.parse(text.replace(/^event: start\ndata: /, ''))
}

test('what AWS does not let the person read is said, and is not shown as zeros without a word', async () => {
  const nothing = async () => ({})
  const noMetrics = await start(deny('cloudwatch:GetMetricData'), nothing)
  expect(noMetrics.problem).toMatch(/^The metrics cannot be read.*cloudwatch:GetMetricData/)
  const noQueues = await start(nothing, deny('sqs:GetQueueAttributes'))
  expect(noQueues.problem).toMatch(/^The queues cannot be read.*sqs:GetQueueAttributes/)
  const noSettings = await start(nothing, nothing, deny('lambda:GetFunctionConfiguration'))
  expect(noSettings.problem).toMatch(/^The settings cannot be read.*lambda:GetFunctionConfiguration/)
  expect((await start(nothing, nothing)).problem).toBeUndefined()
})
