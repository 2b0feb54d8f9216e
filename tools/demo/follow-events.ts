import { setTimeout as wait } from 'node:timers/promises'
import type { EventTrace } from '../local-relay/event-trace.ts'
import type { CommandIo } from '../terminal/command-io.ts'
import { progress } from '../terminal/terminal.ts'
import type { RelayClient } from './relay-client.ts'

type Event = Record<string, unknown>

/** Milliseconds between two requests to the relay. */
const pauseMs = 100
const ended: EventTrace['state'][] = ['delivered', 'skipped', 'ignored', 'dead']

/**
 * Sends the events one after another, in waves, and waits until all are done. A wave starts when the wave before it is
 * done. Shows progress on a terminal. Returns the traces of all events. Rejects on an abort.
 */
export async function followEvents(
  relay: Pick<RelayClient, 'post' | 'traces'>,
  waves: Event[][],
  idPrefix: string,
  io: Pick<CommandIo, 'err' | 'interruption'>,
): Promise<EventTrace[]> {
  const signal = io.interruption()
  const total = waves.flat().length
  const bar = progress(total, 'events done', io.err)
  const check = async () => {
    const traces = await relay.traces(idPrefix)
    const done = traces.filter(trace => ended.includes(trace.state))
    bar.update(done.length)
    return { traces, done: done.length }
  }
  try {
    let sent = 0
    for (const wave of waves) {
      for (const event of wave) await relay.post(event)
      sent += wave.length
      while ((await check()).done < sent) await wait(pauseMs, undefined, { signal })
    }
    return (await check()).traces
  } finally {
    bar.close()
  }
}
