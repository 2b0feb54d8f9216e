import type { Summary } from '../../../dead-letters/describe.ts'
import type { LetterDetail } from '../../server/letter-shapes.ts'
import { CopyButton } from '../parts/copy-button.tsx'
import { EventButtons } from '../parts/event-buttons.tsx'
import { isDoomed } from '../parts/is-doomed.ts'
import { dlqCommand } from '../parts/shell.ts'
import { setup } from '../state/setup.ts'
import { replayLetters } from './replaying.ts'

/** What can be done with one dead letter. */
export function LetterActions({ letter, detail }: { letter: Summary; detail: LetterDetail }) {
  const { event, preview } = detail
  const { id } = letter
  const { may } = setup()
  return (
    <div class="bar">
      {may.replay && (
        <button
          type="button"
          class={isDoomed(preview) ? 'secondary outline' : ''}
          onClick={() => void replayLetters([id])}
        >
          Replay
        </button>
      )}
      <EventButtons event={event} preview={preview} source={{ letter: id }} />
      <CopyButton label="Copy dlq command" text={() => dlqCommand('replay', id.slice(0, 8))} />
      <CopyButton label="Copy id" text={() => id} />
    </div>
  )
}
