import { useEffect, useState } from 'preact/hooks'
import type { Description } from '../../../dead-letters/describe.ts'
import type { EventDetail } from '../../server/shapes.ts'
import { ask } from '../state/api.ts'
import { refine, route } from '../state/route.ts'
import { setup } from '../state/setup.ts'
import { text } from './state.ts'

/** What was written into the editor last, and from where. From the first text on, an empty editor is the user's. */
let written: { source: string; text: string } | undefined

/**
 * Writes into the editor what the address names: a sample (`sample`), an event (`event`) or a dead letter (`letter`).
 * Without any of them the editor keeps its text. Returns why that did not work, else an empty text.
 */
export function useSource(): string {
  const { sample = '', event = '', letter = '' } = route.value.params
  const [problem, setProblem] = useState('')
  useEffect(() => {
    let isCurrent = true
    const source = [sample, event, letter].join(' ')
    const write = (value: unknown) => {
      if (!isCurrent) return
      written = { source, text: typeof value === 'string' ? value : JSON.stringify(value, null, 2) }
      text.value = written.text
    }
    setProblem('')
    // Coming back to the view: the text is still there, though its dead letter may be gone.
    if (source === written?.source && text.peek() === written.text) return
    if (sample !== '') write(setup().samples[Number(sample)]?.event ?? {})
    else if (event !== '' || letter !== '')
      eventOf(event, letter).then(write, (error: Error) => isCurrent && setProblem(error.message))
    else if (written === undefined) refine({ sample: '0' })
    return () => {
      isCurrent = false
    }
  }, [sample, event, letter])
  return problem
}

async function eventOf(key: string, letter: string): Promise<unknown> {
  const { event } =
    key !== ''
      ? await ask<EventDetail>(`/local/event?key=${encodeURIComponent(key)}`)
      : await ask<Description>(`/local/dead-letter?id=${encodeURIComponent(letter)}`).catch(
          (error: Error) => {
            if (!error.message.startsWith('404')) throw error
            throw new Error('This dead letter is no longer in the queue: it was replayed or deleted.')
          },
        )
  if (event === undefined) throw new Error('The body of this event is not kept.')
  return event
}
