import type { Summary } from '../../../dead-letters/describe.ts'
import type { LetterDetail } from '../../server/letter-shapes.ts'
import { CopyButton } from '../parts/copy-button.tsx'
import { curlOf } from '../parts/curl.ts'
import { hrefTo } from '../state/route.ts'
import { setup } from '../state/setup.ts'
import { replayLetters } from './replaying.ts'

/** What can be done with one dead letter. */
export function LetterActions({ letter, detail }: { letter: Summary; detail: LetterDetail }) {
  const { event, preview } = detail
  const { id } = letter
  const json = (value: unknown) => () => JSON.stringify(value, null, 2)
  const { may, target } = setup()
  return (
    <div class="bar actions">
      {may.replay && (
        <button type="button" class="primary" onClick={() => void replayLetters([id])}>
          Retry now
        </button>
      )}
      {event !== undefined && (
        <>
          <a class="button" href={hrefTo('try', { letter: id })}>
            Open in Try
          </a>
          <CopyButton label="Copy event" text={json(event)} />
          <CopyButton label="Copy curl" text={() => curlOf(event)} />
        </>
      )}
      {preview?.kind === 'call' && <CopyButton label="Copy call" text={json(preview.body)} />}
      <CopyButton label="Copy dlq command" text={() => `npx relay dlq replay ${id.slice(0, 8)} ${target}`} />
      <CopyButton label="Copy id" text={() => id} />
    </div>
  )
}
