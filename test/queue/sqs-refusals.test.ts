import { describe, expect, test } from 'vitest'
import { delay } from '../../lib/queue/received-messages.ts'
import { enqueue, QueueError } from '../../lib/queue/sqs.ts'
import { answering, partly } from './answering.ts'

const sealed = (index: number, body = `body ${index}`) => ({
  body,
  groupId: 'g1',
  deduplicationId: `d${index}`,
})
const delays = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ receiptHandle: `h${index}`, inSeconds: 7 }))

describe('delay', () => {
  test('repeats once what SQS refused in a 200', async () => {
    const queue = answering(
      partly(({ ReceiptHandle }) => ReceiptHandle === 'h1'),
      partly(() => true),
    )
    expect(await delay(queue.sqs, 'q', delays(3))).toBe(0)
    expect(queue.asked).toEqual([
      ['h0', 'h1', 'h2'],
      ['h0', 'h2'],
    ])
  })

  test('returns the number of entries that were refused twice', async () => {
    const refusesOne = partly(({ ReceiptHandle }) => ReceiptHandle !== 'h2')
    const queue = answering(refusesOne, refusesOne)
    expect(await delay(queue.sqs, 'q', delays(3))).toBe(1)
  })

  test('repeats everything once after an error, and never throws', async () => {
    const mended = answering(
      () => undefined,
      partly(() => true),
    )
    expect(await delay(mended.sqs, 'q', delays(2))).toBe(0)
    const broken = answering()
    expect(await delay(broken.sqs, 'q', delays(2))).toBe(2)
    expect(broken.asked.length).toBe(2)
  })

  test('sends no request if there is nothing to delay', async () => {
    const queue = answering()
    expect(await delay(queue.sqs, 'q', [])).toBe(0)
    expect(queue.asked).toEqual([])
  })
})

describe('enqueue', () => {
  test('throws with the code of SQS if SQS did not accept all', async () => {
    const queue = answering(partly(({ Id }) => Id !== '1'))
    await expect(
      enqueue(
        queue.sqs,
        'q',
        [0, 1].map(index => sealed(index)),
      ),
    ).rejects.toThrow(new QueueError('SQS took 1 of 2: Nope'))
  })

  test('fills a request up to the limit of SQS, to the byte', async () => {
    const all = partly(() => true)
    const half = 'x'.repeat(524_288)
    const exact = answering(all, all)
    await enqueue(exact.sqs, 'q', [sealed(0, half), sealed(1, half)])
    expect(exact.asked).toEqual([['0', '1']])
    const beyond = answering(all, all)
    await enqueue(beyond.sqs, 'q', [sealed(0, half), sealed(1, `${half}x`)])
    expect(beyond.asked).toEqual([['0'], ['0']])
  })

  test('counts the bytes of each request anew, and makes none for nothing', async () => {
    const all = partly(() => true)
    const queue = answering(all, all, all)
    const sizes = [600_000, 600_000, 300_000, 100_000]
    await enqueue(
      queue.sqs,
      'q',
      sizes.map((size, index) => sealed(index, 'x'.repeat(size))),
    )
    expect(queue.asked).toEqual([['0'], ['0', '1', '2']])
    await enqueue(queue.sqs, 'q', [])
    expect(queue.asked).toHaveLength(2)
  })

  test('sends no later batch after one was not accepted', async () => {
    const queue = answering()
    const messages = Array.from({ length: 25 }, (_, index) => sealed(index))
    await expect(enqueue(queue.sqs, 'q', messages)).rejects.toThrow()
    expect(queue.asked.length).toBe(1)
  })
})
