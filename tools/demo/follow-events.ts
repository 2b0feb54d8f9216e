import { setTimeout as wait } from 'node:timers/promises'
import type { Life } from '../local-relay/ledger.ts'
import { progress } from '../terminal/terminal.ts'
import type { RelayClient } from './relay-client.ts'

type Event = Record<string, unknown>

/** Milliseconds between two looks at the relay. */
const lookMs = 100
const ended: Life['state'][] = ['delivered', 'skipped', 'ignored', 'dead']

/**
 * Sends the events one after another, wave by wave, and waits until each of them has come to its end: the next wave
 * starts when the one before is done. Shows progress on a terminal. Gives the lives of all; rejects on an abort.
 */
export async function followEvents(
  relay: Pick<RelayClient, 'post' | 'lives'>,
  waves: Event[][],
  idPrefix: string,
  signal: AbortSignal,
): Promise<Life[]> {
  const total = waves.flat().length
  const bar = progress(total, 'events at their end')
  const look = async () => {
    const lives = await relay.lives(idPrefix)
    const done = lives.filter(life => ended.includes(life.state))
    bar.update(done.length)
    return { lives, done: done.length }
  }
  try {
    let sent = 0
    for (const wave of waves) {
      for (const event of wave) await relay.post(event)
      sent += wave.length
      while ((await look()).done < sent) await wait(lookMs, undefined, { signal })
    }
    return (await look()).lives
  } finally {
    bar.close()
  }
}
