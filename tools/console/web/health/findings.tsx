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
        <button type="button" class="secondary outline" onClick={() => void examine()}>
          Examine
        </button>
        <small role="status">
          {said ||
            `Checks the secrets, Kustomer${setup().place === 'stack' ? ', the queues and the alarms' : ' and the queues'}. It sends no event; it asks Kustomer with requests that change nothing.`}
        </small>
      </div>
      <table>
        <tbody>
          {found?.map(({ id, name, state, message, toDo }) => (
            <tr key={name}>
              <td>
                <StateLabel state={state} />
              </td>
              <th scope="row">{name}</th>
              <td>
                {message}{' '}
                {id === 'dead-letters' && toDo !== undefined ? (
                  <a href={hrefTo('dead')}>Open the dead letters</a>
                ) : (
                  <small>{toDo}</small>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
