import { useState } from 'preact/hooks'
import type { Finding } from '../../../doctor/finding.ts'
import { StateLabel } from '../parts/state-label.tsx'
import { ask } from '../state/api.ts'
import { hrefTo } from '../state/route.ts'
import { setup } from '../state/setup.ts'

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
            `Checks the secrets, Kustomer${setup().place === 'stack' ? ', the queues and the alarms' : ' and the queues'}. It sends no event; it asks Kustomer with requests that change nothing.`}
        </p>
      </div>
      <ul class="rows plain">
        {found?.map(({ id, name, state, message, toDo }) => (
          <li key={name}>
            <StateLabel state={state} />
            <b>{name}</b>
            <span>{message}</span>
            {toDo !== undefined && (
              <span>{id === 'dead-letters' ? <a href={hrefTo('dead')}>Open the dead letters</a> : toDo}</span>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
