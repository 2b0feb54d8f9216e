import { ChangeMessageVisibilityCommand } from '@aws-sdk/client-sqs'
import { expect, test } from 'vitest'
import { deadLetter, groupOf, sealedTrack, startRig } from './rig.ts'

const people = ['ann', 'bob', 'cy', 'di']
const bodies = Array.from({ length: 24 }, (_, n) => sealedTrack(people[n % people.length] ?? '', n))

/** The number of the request at which each run is killed, and whether SQS still receives this request. */
const kills: [number, 'before' | 'after'][] = [
  [2, 'after'],
  [5, 'before'],
  [6, 'after'],
  [7, 'after'],
  [9, 'before'],
  [10, 'after'],
  [14, 'before'],
]

test('a replay that is killed at any time and repeated loses nothing, duplicates nothing and keeps the order', async () => {
  const rig = await startRig()
  await rig.sendDeadLetter(bodies.map((body, n) => deadLetter(people[n % people.length] ?? '', n, { body })))
  for (const [count, when] of kills) {
    await rig.proxy(passing =>
      passing.count === count ? { when, act: () => void child.kill('SIGKILL') } : 'pass',
    )
    const { child, ended } = rig.spawn('replay', '--local', '--yes', '--rate', '1000')
    expect((await ended).code).toBe('SIGKILL')
    const there = [...(await rig.deadLetters()), ...(await rig.waiting())].map(one => one.body)
    expect(new Set(there)).toEqual(new Set(bodies))
    await letTimePass(rig)
  }
  rig.serveLocal()
  expect((await rig.dlq('replay', '--local', '--yes', '--rate', '1000')).code).toBe(0)
  expect(await rig.deadLetters()).toEqual([])
  const waiting = await rig.waiting()
  // After a kill between send and deletion, the dead letter is sent again; SQS drops it within five minutes.
  expect(waiting.length).toBe(bodies.length)
  for (const person of people) {
    const sent = waiting.filter(one => one.messageGroupId === groupOf(person)).map(one => one.body)
    expect(sent).toEqual(bodies.filter((_, n) => people[n % people.length] === person))
  }
})

/** Makes the hidden dead letters visible, as the visibility timeout does after a minute. */
async function letTimePass({ hidden, queues }: Awaited<ReturnType<typeof startRig>>) {
  for (const { receiptHandle } of await hidden()) {
    const QueueUrl = queues.deadLetterQueueUrl
    const command = { QueueUrl, ReceiptHandle: receiptHandle, VisibilityTimeout: 0 }
    await queues.sqs.send(new ChangeMessageVisibilityCommand(command))
  }
}
