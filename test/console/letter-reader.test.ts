import { ChangeMessageVisibilityBatchCommand, type Message, ReceiveMessageCommand } from '@aws-sdk/client-sqs'
import { expect, test } from 'vitest'
import { createLetterReader } from '../../tools/console/server/letter-reader.ts'
import type { Queues } from '../../tools/dead-letters/queues.ts'

/** A dead-letter queue in memory: a read hides what it returns until it is released. Counts its scans. */
function deadLetterQueue(...ids: string[]) {
  const hidden = new Set<string>()
  const stored = new Set(ids)
  let scans = 0
  const receive = (): { Messages: Message[] } => {
    const found = [...stored].filter(id => !hidden.has(id))
    if (found.length > 0) scans++
    for (const id of found) hidden.add(id)
    return { Messages: found.map(id => ({ MessageId: id, ReceiptHandle: id, Body: id, Attributes: {} })) }
  }
  const send = async (command: object) => {
    if (command instanceof ReceiveMessageCommand) return receive()
    if (command instanceof ChangeMessageVisibilityBatchCommand)
      for (const { ReceiptHandle = '' } of command.input.Entries ?? []) hidden.delete(ReceiptHandle)
    return { Successful: [], Failed: [] }
  }
  const queues = { sqs: { send }, queueUrl: 'events', deadLetterQueueUrl: 'dead' } as unknown as Queues
  return { reader: createLetterReader(queues, 0), stored, scans: () => scans }
}

const idsOf = (letters: { id: string }[]) => letters.map(({ id }) => id).sort()

test('while a replay holds the queue, what it has not sent can be read', async () => {
  const { reader } = deadLetterQueue('a', 'b', 'c')
  expect(idsOf(await reader.read())).toEqual(['a', 'b', 'c'])
  await reader.hold(async ({ deadLetters }, sent) => {
    expect(idsOf(deadLetters)).toEqual(['a', 'b', 'c'])
    expect(idsOf(await reader.read())).toEqual(['a', 'b', 'c'])
    sent('b')
    expect(idsOf(await reader.read())).toEqual(['a', 'c'])
    expect(idsOf(await reader.chosen(['a', 'b']))).toEqual(['a'])
  })
})

test('requests at the same time share a scan, and one that comes later has its own', async () => {
  const { reader, stored, scans } = deadLetterQueue('a')
  const first = reader.read()
  const others = [reader.read(), reader.read()]
  await Promise.all([first, ...others])
  expect(scans()).toBe(1)
  stored.add('b')
  expect(idsOf(await reader.read())).toEqual(['a', 'b'])
})

test('a known dead letter is chosen without a scan, an unknown one with one', async () => {
  const { reader, stored, scans } = deadLetterQueue('a', 'b')
  await reader.read()
  expect(idsOf(await reader.chosen(['b']))).toEqual(['b'])
  expect(scans()).toBe(1)
  stored.add('c')
  expect(idsOf(await reader.chosen(['c']))).toEqual(['c'])
})

test('a failed hold ends: the queue can be read again', async () => {
  const { reader, stored } = deadLetterQueue('a')
  await expect(reader.hold(async () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  stored.add('b')
  expect(idsOf(await reader.read())).toEqual(['a', 'b'])
})
