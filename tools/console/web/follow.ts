import type { EventTrace } from '../../local-relay/ledger.ts'
import { ask } from './api.ts'
import { el } from './dom.ts'
import { count, seconds } from './format.ts'
import type { Store } from './store.ts'

interface Sent {
  status: number
  messageId?: string
  answer: { error?: { code?: string; message?: string }; [key: string]: unknown }
}

/** Sends events and shows the state of the last one in a status line. */
export function createFollow(store: Store, element: HTMLElement) {
  let stop = () => {}
  const say = (state: string, text: string) =>
    element.replaceChildren(el('span', { class: `state ${state}` }, state), el('span', {}, text))
  return {
    async send(event: unknown): Promise<void> {
      stop()
      say('sending', 'to POST /v1/events')
      const sent = await ask<Sent>('/local/send', { event }).catch((error: Error) => error)
      if (sent instanceof Error) return say('failed', sent.message)
      const { status, messageId = '', answer } = sent
      if (status >= 400) return say('refused', `${status} ${answer.error?.message ?? JSON.stringify(answer)}`)
      say('accepted', `${status}, messageId ${messageId}`)
      // The ledger stores the first 128 characters of an id.
      const isMine = (trace: EventTrace) => trace.eventId === messageId.slice(0, 128)
      stop = store.subscribe(() => {
        const trace = [...store.traces.values()].findLast(isMine)
        if (trace) say(trace.state, textOf(trace))
      })
    },
  }
}

function textOf({ attempts, calls, reason }: EventTrace): string {
  const last = attempts.at(-1)
  const tries = `${count(attempts.length, 'attempt')}, ${count(calls.length, 'call')}`
  if (!last) return reason ?? 'waits in the queue'
  if (last.decision === 'retry')
    return `${tries}; retry in ${seconds(last.inSeconds ?? 0)}${last.status ? ` after a ${last.status}` : ''}`
  return `${tries}, ${seconds(last.ageSeconds)} after its arrival${reason ? `: ${reason}` : ''}`
}
