import { signal } from '@preact/signals'
import type { ReplayProgress, Whose } from '../../server/letter-shapes.ts'
import { confirmed } from '../parts/confirm-dialog.tsx'
import { count } from '../parts/format.ts'
import { ask, NoAnswerError } from '../state/api.ts'

/** Milliseconds between two looks at a replay. */
const pauseMs = 500

/** The replay that was started last on this page, and why it could not be started. */
export const replay = signal<ReplayProgress | undefined>(undefined)
export const replayProblem = signal('')
/** The replay that was started and whose report has not had the focus yet. */
let unseen = ''

/** Whether the report of a replay is shown for the first time. Says so once. */
export function isNews(id: string): boolean {
  const is = id === unseen
  if (is) unseen = ''
  return is
}

/** Takes the report of a replay that is over off the page. */
export function closeReport(): void {
  replay.value = undefined
}

/** Changes when a replay has moved dead letters. */
export const replayVersion = signal(0)

/**
 * Replays dead letters after the user has confirmed how many they are and whose, and follows them until each has ended.
 * Does nothing without dead letters. Never rejects.
 */
export async function replayLetters(ids: string[]): Promise<void> {
  if (ids.length === 0) return
  replayProblem.value = ''
  try {
    const whose = await ask<Whose>('/local/whose', { ids })
    if (!(await confirmed(questionOf(ids.length, whose)))) return
    const started = await ask<ReplayProgress>('/local/replay', { ids })
    unseen = started.id
    await follow(started)
  } catch (error) {
    replayProblem.value = error instanceof Error ? error.message : 'The replay could not be started.'
  }
}

/** Follows the replay that runs, if this page knows of none: one of another page, or of this one before a reload. */
export async function followRunning(): Promise<void> {
  if (replay.peek()) return
  try {
    const { running } = await ask<{ running?: ReplayProgress }>('/local/running-replay')
    if (running && !replay.peek()) await follow(running)
  } catch (error) {
    replayProblem.value = error instanceof Error ? error.message : ''
  }
}

async function follow(started: ReplayProgress) {
  for (let progress = started; ; ) {
    if (statesOf(progress) !== statesOf(replay.peek())) replayVersion.value++
    replay.value = progress
    if (progress.isOver) return
    await new Promise(resolve => setTimeout(resolve, pauseMs))
    // Another replay was started meanwhile: the page shows only the newest.
    if (replay.peek()?.id !== started.id) return
    progress = await newer(progress)
  }
}

/** The newest progress of a replay, or the known one while there is no answer. Rejects if the relay does not know it. */
function newer(known: ReplayProgress): Promise<ReplayProgress> {
  return ask<ReplayProgress>(`/local/replay?id=${known.id}`).catch((error: Error) => {
    if (error instanceof NoAnswerError) return known
    throw new Error('The relay was started again and no longer follows this replay. Flow shows its events.')
  })
}

function statesOf(progress: ReplayProgress | undefined): string {
  return `${progress?.id} ${progress?.isOver} ${progress?.letters.map(({ state }) => state).join(' ')}`
}

const shownPeople = 8

function questionOf(letters: number, { people, problems }: Whose) {
  const lines = people.map(({ name, events }) => `${name}: ${count(events, 'event')}`)
  const others = lines.length - shownPeople
  const named =
    others > 0
      ? [...lines.slice(0, shownPeople), `and ${count(others, 'other person', 'other people')}`]
      : lines
  return {
    title: `Replay ${count(letters, 'dead letter')} of ${count(people.length, 'person', 'people')}?`,
    lines: [...named, ...problems],
    note: 'Kustomer will show the time of the replay, not that of the event.',
    action: problems.length > 0 ? 'Replay anyway' : `Replay ${letters.toLocaleString('en')}`,
  }
}
