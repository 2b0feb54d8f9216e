import { computed, signal } from '@preact/signals'
import type { EventDetail, EventRow } from '../../server/shapes.ts'
import { ask } from '../state/api.ts'
import { rows, rowsVersion } from '../state/rows.ts'
import { parsed, text } from './state.ts'

interface Answer {
  status: number
  messageId?: string
  answer: { error?: { code?: string; message?: string }; status?: string; [key: string]: unknown }
}

/** What became of the event that was sent last. `text` is the text that was sent. */
export type Sent = { text: string } & (
  | { kind: 'sending' }
  | { kind: 'failed'; why: string }
  | { kind: 'refused'; why: string }
  | { kind: 'accepted'; messageId: string; before: EventRow | undefined; row?: EventRow | undefined }
  /** The same event was sent before, and has ended: it is not delivered again. */
  | { kind: 'repeated'; before: EventRow }
)

const last = signal<Sent | undefined>(undefined)

/** The result of the last send, while the editor still has the text that was sent. */
export const sent = computed<Sent | undefined>(() => {
  const known = last.value
  if (known === undefined || known.text !== text.value) return undefined
  if (known.kind !== 'accepted') return known
  rowsVersion.value
  // A row that was there before the send and has not changed since says nothing about this send.
  const row = newestRow(known.messageId)
  return row === known.before ? known : { ...known, row }
})

/** Sends the event of the editor to the webhook. The relay maps it with its own settings. */
export async function send(): Promise<void> {
  const event = parsed.peek()
  if ('why' in event) return
  const of = text.peek()
  const given = (event.value as { messageId?: unknown } | null)?.messageId
  const before = typeof given === 'string' ? newestRow(given) : undefined
  const isRepeated = before !== undefined && (await isSame(before, event.value))
  last.value = { text: of, kind: 'sending' }
  const answer = await ask<Answer>('/local/send', { event: event.value }).catch((error: Error) => error)
  last.value = { text: of, ...resultOf(answer, before, isRepeated) }
}

type Result =
  | { kind: 'failed' | 'refused'; why: string }
  | { kind: 'accepted'; messageId: string; before: EventRow | undefined }
  | { kind: 'repeated'; before: EventRow }

function resultOf(answer: Answer | Error, before: EventRow | undefined, isRepeated: boolean): Result {
  if (answer instanceof Error) return { kind: 'failed', why: answer.message }
  const { status, messageId = '', answer: body } = answer
  if (status >= 400)
    return { kind: 'refused', why: `${status} ${body.error?.message ?? JSON.stringify(body)}` }
  return before && isRepeated ? { kind: 'repeated', before } : { kind: 'accepted', messageId, before }
}

const ends = new Set<EventRow['state']>(['delivered', 'skipped', 'dead'])

/** Whether the relay has had exactly this event, and is done with it. An event with other content is a new one. */
async function isSame({ key, state }: EventRow, event: unknown): Promise<boolean> {
  if (!ends.has(state)) return false
  const known = await ask<EventDetail>(`/local/event?key=${encodeURIComponent(key)}`).catch(() => undefined)
  return JSON.stringify(known?.event) === JSON.stringify(event)
}

/** The ledger keeps the first 128 characters of an id. */
function newestRow(messageId: string): EventRow | undefined {
  return [...rows.values()].findLast(row => row.eventId === messageId.slice(0, 128))
}
