import type { Output } from '../../terminal/command-io.ts'
import { paint, table } from '../../terminal/terminal.ts'
import type { Answer } from './answer-question.ts'
import { formatDuration } from './question.ts'

const right = (title: string) => ({ title, isRight: true })

/** The answer as text: what was asked, time to drain, oldest age, ends, calls by kind, cost. */
export function describeAnswer(answer: Answer, out: Output): string {
  const { question, calls, deadLetters } = answer
  const { events, people, overMs, outageMs, rate, share, concurrency } = question
  const count = (n: number) => n.toLocaleString('en-US')
  const rows = Object.entries(calls).map(([kind, { done, throttled, unavailable }]) => [
    kind,
    ...[done, throttled, unavailable].map(count),
    (done / events).toFixed(2),
  ])
  const dead = Object.entries(deadLetters).map(([code, n]) => `${count(n)} ${code}`)
  return [
    `${count(events)} events of ${count(people)} people over ${formatDuration(overMs)}, ` +
      `Kustomer away for ${formatDuration(outageMs)}, ` +
      `${count(rate)} requests a minute of which ${share * 100} % are ours, ${concurrency} workers at once`,
    '',
    `${paint('bold', 'time to drain', out)}  ${drainOf(answer)}`,
    `${paint('bold', 'oldest event ', out)}  ${formatDuration(answer.oldestMs)} in the queue`,
    `${paint('bold', 'delivered    ', out)}  ${count(answer.delivered)}${answer.waiting > 0 ? `, ${count(answer.waiting)} still wait` : ''}`,
    `${paint('bold', 'dead letters ', out)}  ${dead.join(', ') || 'none'}`,
    `${paint('bold', 'cost         ', out)}  ${costText(answer.cost)}`,
    '',
    table(
      [{ title: 'calls of Kustomer' }, right('done'), right('429'), right('503'), right('done an event')],
      rows,
      out,
    ),
  ].join('\n')
}

function drainOf({ drainedMs, question }: Answer): string {
  if (drainedMs === undefined) return 'never: events arrive faster than they may be delivered'
  const { outageMs, overMs } = question
  const after = Math.max(0, drainedMs - Math.max(outageMs, overMs))
  const since = outageMs > overMs ? 'the outage ended' : 'the last event came'
  return `${formatDuration(after)} after ${since} (${formatDuration(drainedMs)} after the first event)`
}

function costText(cost: Record<string, number>): string {
  const parts = Object.entries(cost).map(([service, dollars]) => `${service} $${dollars.toFixed(2)}`)
  const total = Object.values(cost).reduce((sum, dollars) => sum + dollars, 0)
  return `$${total.toFixed(2)} (${parts.join(', ')}; us-east-1, without the table, logs and free tier)`
}
