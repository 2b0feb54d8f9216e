import type { Now } from '../../server/shapes.ts'
import { invalidEvents } from '../parts/invalid-events.ts'
import { now } from '../state/feed.ts'
import { hrefTo } from '../state/route.ts'
import { setup } from '../state/setup.ts'

interface Stage {
  name: string
  what: string
  tone?: string
  count(now: Now): number
}

const stages: Stage[] = [
  { name: 'Received', what: 'by the webhook', count: ({ counts }) => counts.received },
  {
    name: 'Invalid',
    what: 'refused with a 400, not queued',
    tone: 'bad',
    count: ({ counts }) => counts.refused,
  },
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
        <article class="notice bad">
          <p role="alert">{numbers.problem}</p>
        </article>
      )}
      <div class="grid tiles">
        {stages.map(({ name, what, tone = '', count }) => {
          const value = numbers ? count(numbers) : 0
          return (
            <article key={name} class={value === 0 ? 'zero' : ''} data-stage={name}>
              <b>{name}</b>
              <strong class={value === 0 ? '' : tone}>{value.toLocaleString('en')}</strong>
              <small>{what}</small>
            </article>
          )
        })}
      </div>
      <p>
        <small>
          Received, invalid, delivered and retries are counted {setup().countedSince}. <Others />
        </small>
      </p>
    </section>
  )
}

/** What else became of received events. A corrected one is no longer invalid; one that is sent again has one row. */
function Others() {
  const { skipped = 0, ignored = 0, repeated = 0 } = now.value?.counts ?? {}
  const parts = [
    ['refused', 'still invalid', invalidEvents()],
    ['skipped', 'with nothing to send', skipped],
    ['ignored', 'ignored', ignored],
    ['', 'sent again', repeated],
  ] as const
  const some = parts.filter(([, , n]) => n > 0)
  if (some.length === 0) return null
  return (
    <>
      Besides:{' '}
      {some.map(([state, words, n], i) => (
        <>
          {i > 0 && ', '}
          <a key={state} href={hrefTo('flow', { state })}>
            {n.toLocaleString('en')} {words}
          </a>
        </>
      ))}
      .
    </>
  )
}
