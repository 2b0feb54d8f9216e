import { signal } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'

interface Question {
  title: string
  lines: string[]
  /** What else to know before. */
  note: string
  /** The text of the button that says yes. */
  action: string
}

interface Asked extends Question {
  answer(isConfirmed: boolean): void
}

const asked = signal<Asked | undefined>(undefined)

/** Asks the user to confirm something. Resolves to false on Cancel and on Escape. */
export function confirmed(question: Question): Promise<boolean> {
  return new Promise(answer => {
    asked.value = { ...question, answer }
  })
}

/** The dialog of `confirmed`. The page has one. */
export function ConfirmDialog() {
  const dialog = useRef<HTMLDialogElement>(null)
  const question = asked.value
  // Before the browser paints: an open dialog is never empty.
  useLayoutEffect(() => {
    if (question) dialog.current?.showModal()
    else dialog.current?.close()
  }, [question])
  const answer = (isConfirmed: boolean) => {
    asked.value = undefined
    question?.answer(isConfirmed)
  }
  return (
    <dialog ref={dialog} aria-labelledby="question" onCancel={() => answer(false)}>
      <article>
        <h2 id="question">{question?.title}</h2>
        <ul>
          {question?.lines.map(line => (
            <li key={line}>{line}</li>
          ))}
        </ul>
        <p>{question?.note}</p>
        <footer>
          <button type="button" class="secondary outline" onClick={() => answer(false)}>
            Cancel
          </button>
          <button type="button" onClick={() => answer(true)}>
            {question?.action}
          </button>
        </footer>
      </article>
    </dialog>
  )
}
