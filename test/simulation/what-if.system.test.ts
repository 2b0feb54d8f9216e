import { describe, expect, test } from 'vitest'
import { answerQuestion } from '../../tools/simulation/what-if/answer-question.ts'
import { costOf } from '../../tools/simulation/what-if/cost.ts'
import { describeAnswer } from '../../tools/simulation/what-if/describe-answer.ts'
import {
  defaultQuestion,
  formatDuration,
  parseDuration,
  type Question,
} from '../../tools/simulation/what-if/question.ts'

const hourMs = 3_600_000
const ask = (changes: Partial<Question>, onProgress: (done: number) => void = () => {}) =>
  answerQuestion({ ...defaultQuestion, ...changes }, onProgress)

describe('answers', () => {
  test('after an outage all events are delivered, within the rate', async () => {
    const done: number[] = []
    const small = { events: 400, people: 40, overMs: hourMs, outageMs: hourMs / 2 }
    const answer = await ask(small, count => done.push(count))
    expect(answer).toMatchObject({ delivered: 400, waiting: 0, deadLetters: {} })
    expect(answer.drainedMs).toBeGreaterThan(hourMs / 2)
    expect(answer.oldestMs).toBeGreaterThan(hourMs / 4)
    expect(answer.oldestMs).toBeLessThan(hourMs)
    const { create, record, find } = answer.calls
    expect(create.done).toBeLessThanOrEqual(40)
    expect(record.done).toBeGreaterThan(200)
    expect(find.unavailable + record.unavailable).toBeGreaterThan(40)
    expect(done.at(-1)).toBe(400)
    expect(await ask(small)).toEqual(answer)
  })

  test('more events than the rate allows wait, and drain when no more come', async () => {
    const answer = await ask({ events: 600, people: 60, overMs: hourMs / 6, outageMs: 0, rate: 30 })
    expect(answer.delivered).toBe(600)
    const requests = Object.values(answer.calls).reduce((sum, { done }) => sum + done, 0)
    expect(answer.drainedMs).toBeGreaterThan((requests / (30 * 0.8)) * 60_000 * 0.9)
  })
})

test('durations are read and written', () => {
  expect(['90s', '30m', '24h', '2d', '1.5h'].map(parseDuration)).toEqual([
    90_000, 1_800_000, 86_400_000, 172_800_000, 5_400_000,
  ])
  expect(() => parseDuration('soon')).toThrow('30m, 24h or 2d')
  const texts = [0, 4_000, 90_000, 3_600_000, 90_061_000, 172_800_000].map(formatDuration)
  expect(texts).toEqual(['0 s', '4 s', '1 min 30 s', '1 h', '1 d 1 h', '2 d'])
})

test('a million events cost what the prices say', () => {
  const cost = costOf({ posts: 1e6, sqsRequests: 2e6, workerInvocations: 1e5, workerMs: 1e8 })
  expect(cost['API Gateway']).toBeCloseTo(1)
  expect(cost.SQS).toBeCloseTo(1)
  expect(cost.Lambda).toBeCloseTo(0.22 + 0.05 + 0.5, 2)
})

const output = { write: () => undefined, isTerminal: false, hasColors: false, columns: 100 }

test('an answer names what was asked and what was found', async () => {
  const answer = await ask({ events: 20, people: 4, overMs: hourMs, outageMs: 0 })
  const text = describeAnswer(answer, output)
  expect(text).toContain('20 events of 4 people over 1 h')
  expect(text).toContain('dead letters   none')
  const stuck = { ...answer, drainedMs: undefined, waiting: 7, deadLetters: { UNAVAILABLE: 3 } }
  const other = describeAnswer(stuck, output)
  expect(other).toContain('never: events arrive faster')
  expect(other).toContain('3 UNAVAILABLE')
  expect(other).toContain('7 still wait')
})
