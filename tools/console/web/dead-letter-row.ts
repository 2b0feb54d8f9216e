import type { Call } from '../../../lib/index.ts'
import type { Description, Summary } from '../../dead-letters/describe.ts'
import { button, el } from './dom.ts'
import { count } from './format.ts'
import { jsonBlock } from './json.ts'

/** A dead letter in the table. */
export interface DeadLetterRow {
  element: HTMLElement
  isChosen(): boolean
  choose(is: boolean): void
}

/** The callbacks of a row to its table. */
interface DeadLetterActions {
  choice(): void
  replay(): unknown
  describe(id: string): Promise<Description>
}

/** Creates a row. It requests the event of the dead letter only when it is opened. */
export function createDeadLetterRow(deadLetter: Summary, actions: DeadLetterActions): DeadLetterRow {
  const { id, code, reason, eventType = '', eventName = '', attempts = 0, status } = deadLetter
  const name = [eventType, eventName].filter(Boolean).join(' ') || 'event'
  const worked = [status, attempts > 0 && count(attempts, 'attempt')].filter(Boolean).join(' · ')
  const box = el('input', { type: 'checkbox', 'aria-label': `Select ${name} ${id.slice(0, 8)}` })
  box.addEventListener('change', actions.choice)
  const inside = el('div', { class: 'inside' })
  const summary = el(
    'summary',
    {},
    el('time', { title: deadLetter.failedAt }, deadLetter.failedAt.slice(11, 19)),
    el('b', { class: 'code' }, code),
    el('span', { class: 'event' }, name),
    el('span', { class: 'reason' }, reason),
    el('span', { class: 'took' }, worked),
  )
  const details = el('details', {}, summary, inside)
  details.addEventListener('toggle', async () => {
    if (!details.open || inside.childElementCount > 0) return
    const described = await actions.describe(id).catch((error: Error) => error)
    if (described instanceof Error) inside.replaceChildren(el('p', { class: 'error' }, described.message))
    else inside.replaceChildren(...contents(described))
  })
  return {
    element: el(
      'div',
      { class: 'dead-letter' },
      box,
      details,
      button('Replay', actions.replay, { 'aria-label': `Replay ${name}` }),
    ),
    isChosen: () => box.checked,
    choose(is) {
      box.checked = is
    },
  }
}

function contents({ deadLetter, event, body, call, problem, receivedAt }: Description): HTMLElement[] {
  const facts = [
    `id ${deadLetter.id}`,
    deadLetter.eventId && `messageId ${deadLetter.eventId}`,
    receivedAt && `received ${receivedAt}`,
  ]
  const current = call ? currentCall(call) : [el('p', { class: 'outcome error' }, problem ?? '')]
  return [
    el('p', { class: 'cause' }, el('b', {}, deadLetter.code), ` ${deadLetter.reason}`),
    el('p', { class: 'facts' }, facts.filter(Boolean).join(' · ')),
    el(
      'div',
      { class: 'sides' },
      el('div', { class: 'side' }, el('h3', {}, 'Event'), jsonBlock(event ?? body, 'Event')),
      el('div', { class: 'side' }, el('h3', {}, 'What the current code does with it'), ...current),
    ),
  ]
}

function currentCall(call: Call): HTMLElement[] {
  if (call.kind === 'skip') return [el('p', { class: 'outcome quiet' }, `Not delivered: ${call.why}.`)]
  const body =
    call.kind === 'recordEvent' ? { identity: call.identity, event: call.event } : { customer: call.customer }
  const notes = call.notes.map(({ path, did, why }) =>
    el('li', { class: 'note' }, el('code', {}, path), el('span', {}, `${did}: ${why}`)),
  )
  return [jsonBlock(body, 'Current call'), el('ol', { class: 'remarks' }, ...notes)]
}
