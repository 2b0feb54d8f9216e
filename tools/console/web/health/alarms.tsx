import type { AlarmState } from '../../stack/alarms.ts'
import { clock, count } from '../parts/format.ts'
import { StateLabel } from '../parts/state-label.tsx'
import { useAnswer } from '../parts/use-answer.ts'
import { now } from '../state/feed.ts'

/** The alarms of a stack, those that fire first, with what each asks for and a link to CloudWatch. */
export function Alarms() {
  const { value = [], error } = useAnswer<AlarmState[]>('/local/alarms', now.value)
  const firing = value.filter(({ state }) => state === 'firing').length
  return (
    <section aria-label="Alarms">
      <h2>
        Alarms <small>{error ?? (firing > 0 ? `${count(firing, 'alarm')} firing` : 'none is firing')}</small>
      </h2>
      {firing > 0 && <p>An alarm ends by itself some minutes after its cause has ended.</p>}
      <table>
        <tbody>
          {value.map(({ name, state, what, since, url }) => (
            <tr key={name}>
              <td>
                <StateLabel state={state} />
              </td>
              <td>
                <a href={url} rel="noreferrer" target="_blank">
                  {name}
                </a>
              </td>
              <td>{since !== undefined && <time>since {clock(since)}</time>}</td>
              <td>{state === 'firing' && what}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
