import type { EventDetail } from '../../server/shapes.ts'
import { clock, count, seconds } from '../parts/format.ts'
import { Sentence } from '../parts/sentence.tsx'
import { setup } from '../state/setup.ts'
import { CallStep } from './call-step.tsx'

type Attempt = EventDetail['attempts'][number]

/** The steps of an event in their order: what the webhook said, every call with its bodies, and the decision of every attempt. */
export function Timeline({ detail }: { detail: EventDetail }) {
  const { row, refusals = [], calls, attempts } = detail
  const steps = [
    ...refusals.map(({ at, reason }) => ({ at, element: <WebhookStep what="refused" why={reason} /> })),
    ...(row.state === 'refused'
      ? []
      : [{ at: row.at, element: <WebhookStep what={row.state === 'ignored' ? 'ignored' : 'accepted'} /> }]),
    ...calls.map(call => ({ at: call.at, element: <CallStep call={call} /> })),
    ...attempts.map((attempt, i) => ({
      at: attempt.at,
      element: <AttemptStep attempt={attempt} n={i + 1} />,
    })),
  ].sort((a, b) => a.at - b.at)
  return (
    <table class="timeline" aria-label="What happened">
      <tbody>
        {steps.map(({ at, element }, i) => (
          <tr key={i}>
            <td>
              <time title={new Date(at).toISOString()}>{clock(at)}</time>
            </td>
            {element}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function WebhookStep({ what, why }: { what: 'accepted' | 'ignored' | 'refused'; why?: string }) {
  return (
    <>
      <td>
        <b class={what === 'refused' ? 'bad' : ''}>{what}</b>
      </td>
      <td>
        by the webhook
        {why !== undefined && (
          <>
            , with a 400: <Sentence text={why} />
          </>
        )}
      </td>
    </>
  )
}

const names = { done: 'done', retry: 'retry', deadLetter: 'dead-lettered' }

function AttemptStep({ attempt, n }: { attempt: Attempt; n: number }) {
  const {
    decision,
    outcome,
    status,
    code,
    why,
    inSeconds,
    ageSeconds,
    calls = 0,
    callMs = 0,
    replays = 0,
  } = attempt
  // A log names only the calls that failed.
  const work =
    setup().place === 'stack' && calls > 0 ? `${count(calls, 'call')} in ${Math.round(callMs)} ms` : ''
  const next =
    decision === 'retry'
      ? `next attempt after ${seconds(inSeconds ?? 0)}`
      : `${seconds(ageSeconds)} after its arrival`
  const parts = [outcome, status, code, why, work, next].filter(part => part !== undefined && part !== '')
  return (
    <>
      <td>
        <b class={decision}>{outcome === 'delivered' ? 'delivered' : names[decision]}</b>
      </td>
      <td>
        attempt {n}
        {replays > 0 && `, after ${replays === 1 ? 'a replay' : `${replays} replays`}`}:{' '}
        <Sentence text={parts.join(' · ')} />
      </td>
    </>
  )
}
