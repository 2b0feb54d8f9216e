import { useState } from 'preact/hooks'
import type { Finding } from '../../../doctor/finding.ts'
import { StateLabel } from '../parts/state-label.tsx'
import { ask } from '../state/api.ts'

/** What the doctor finds. It makes requests to AWS and to Kustomer, so it runs only when it is asked to. */
export function Findings() {
  const [found, setFound] = useState<Finding[]>()
  const [said, say] = useState('')
  const examine = async () => {
    say('examining …')
    const answer = await ask<Finding[]>('/local/doctor', {}).catch((error: Error) => error)
    say(answer instanceof Error ? answer.message : '')
    if (!(answer instanceof Error)) setFound(answer)
  }
  return (
    <section aria-label="Doctor">
      <h2>Doctor</h2>
      <div class="bar">
        <button type="button" onClick={() => void examine()}>
          Examine
        </button>
        <p class="status" role="status">
          {said ||
            (found ? '' : 'Checks the secrets, Kustomer, the queues and the alarms. It sends no event.')}
        </p>
      </div>
      <ul class="rows plain">
        {found?.map(({ name, state, message }) => (
          <li key={name}>
            <StateLabel state={state} />
            <b>{name}</b>
            <span>{message}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
