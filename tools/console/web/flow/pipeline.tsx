import type { Now } from '../../server/shapes.ts'
import { now } from '../state/feed.ts'
import { setup } from '../state/setup.ts'

interface Stage {
  name: string
  what: string
  tone?: string
  count(now: Now): number
}

const stages: Stage[] = [
  { name: 'Received', what: 'by the webhook', count: ({ counts }) => counts.received },
  { name: 'Waiting', what: 'in the queue', count: ({ status }) => status.waiting },
  { name: 'In flight', what: 'or waiting for a retry', count: ({ status }) => status.inFlight },
  { name: 'Delivered', what: 'to Kustomer', tone: 'good', count: ({ counts }) => counts.delivered },
  {
    name: 'Retries',
    what: 'failed attempts that are made again',
    tone: 'warn',
    count: ({ counts }) => counts.retries,
  },
  {
    name: 'Dead-lettered',
    what: 'in the dead-letter queue now',
    tone: 'bad',
    count: ({ status }) => status.deadLetters,
  },
]

/** The pipeline with its current numbers: the stages of an event, then retries and dead letters. */
export function Pipeline() {
  const numbers = now.value
  return (
    <section aria-label="Pipeline">
      {numbers?.problem !== undefined && (
        <p class="notice bad" role="alert">
          {numbers.problem}
        </p>
      )}
      <ol class="pipeline">
        {stages.map(({ name, what, tone = 'plain', count }) => {
          const value = numbers ? count(numbers) : 0
          return (
            <li key={name} class={value === 0 ? `${tone} zero` : tone} data-stage={name}>
              <span class="name">{name}</span>
              <strong>{value.toLocaleString('en')}</strong>
              <span class="what">{what}</span>
            </li>
          )
        })}
      </ol>
      <p class="what">Received, delivered and retries are counted {setup().countedSince}.</p>
    </section>
  )
}
