import type { EventTrace } from '../../local-relay/ledger.ts'
import { el } from './dom.ts'
import { clock, pathOf, seconds } from './format.ts'

interface Step {
  at: number
  element: HTMLElement
}

/** Returns a list of an event's steps: acceptance, calls, and the decision after each attempt. */
export function timeline(trace: EventTrace): HTMLElement {
  const { acceptedAt, calls, attempts, reason, state } = trace
  // Acceptance is always first, even if ingest's note arrives after the note of a fast worker.
  const first =
    acceptedAt === undefined ? [] : [step(acceptedAt, 'accepted', `${trace.event} · ${trace.eventId}`)]
  const steps: Step[] = [
    ...calls.map(({ at, method, url, status, ms, error }) =>
      step(
        at,
        'call',
        `${method} ${pathOf(url)}`,
        `${status ?? error ?? 'no answer'} · ${Math.round(ms)} ms`,
      ),
    ),
    ...attempts.map(attempt => step(attempt.at, attempt.decision, decisionText(attempt))),
  ].sort((a, b) => a.at - b.at)
  const isShown = attempts.at(-1)?.decision === 'deadLetter' || reason === undefined
  const end = isShown ? [] : [step(acceptedAt ?? 0, state, reason)]
  return el('ol', { class: 'timeline' }, ...[...first, ...steps, ...end].map(({ element }) => element))
}

function step(at: number, kind: string, text: string, side = ''): Step {
  const parts = [
    el('time', {}, clock(at)),
    el('b', { class: kind }, kind === 'deadLetter' ? 'dead-lettered' : kind),
    el('span', {}, text),
    el('i', {}, side),
  ]
  return { at, element: el('li', {}, ...parts) }
}

function decisionText({ decision, outcome, status, why, code, inSeconds, attempts, ageSeconds }: Attempt) {
  const cause = [outcome, status, code, why].filter(part => part !== undefined && part !== '').join(' · ')
  if (decision === 'retry') return `attempt ${attempts}: ${cause}; retry in ${seconds(inSeconds ?? 0)}`
  return `attempt ${attempts}: ${cause}, ${seconds(ageSeconds)} old`
}

type Attempt = EventTrace['attempts'][number]
