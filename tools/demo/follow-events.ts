import { setTimeout as wait } from 'node:timers/promises'
import type { EventTrace } from '../local-relay/ledger.ts'
import type { CommandIo } from '../terminal/command-io.ts'
import { progress } from '../terminal/terminal.ts'
import type { RelayClient } from './relay-client.ts'

type Event = Record<string, unknown>

/** Milliseconds between two looks at the relay. */
const lookMs = 100
const ended: EventTrace['state'][] = ['delivered', 'skipped', 'ignored', 'dead']

/**
 * Sends the events one after another, wave by wave, and waits until each of them has come to its end: the next wave
 * starts when the one before is done. Shows progress on a terminal. Gives the traces of all; rejects on an abort.
 */
export async function followEvents(
  relay: Pick<RelayClient, 'post' | 'traces'>,
  waves: Event[][],
  idPrefix: string,
  io: Pick<CommandIo, 'err' | 'interruption'>,
): Promise<EventTrace[]> {
  const signal = io.interruption()
  const total = waves.flat().length
  const bar = progress(total, 'events at their end', io.err)
  const look = async () => {
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
      while ((await look()).done < sent) await wait(lookMs, undefined, { signal })
    }
    return (await look()).traces
  } finally {
    bar.close()
  }
}
