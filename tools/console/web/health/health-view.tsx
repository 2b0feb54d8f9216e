import { now } from '../state/feed.ts'
import { hrefTo } from '../state/route.ts'
import { setup } from '../state/setup.ts'
import { Alarms } from './alarms.tsx'
import { Findings } from './findings.tsx'
import { settingsInForce } from './settings-in-force.ts'

/** The view "Health": alarms and the doctor's findings of a deployed stack, and the limits and settings in force. */
export function HealthView() {
  const { limits, place } = setup()
  return (
    <>
      {place === 'stack' && <Alarms />}
      <Findings />
      <div class="grid">
        <section>
          <h2>Limits in force</h2>
          <table>
            <tbody>
              {limits.map(({ name, value, what }) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  <td>
                    {value} <small>{what}</small>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
        <section>
          <h2>Settings in force</h2>
          <p>
            <small>
              {place === 'local' ? (
                <>
                  {now.value?.isTemporary && 'Applied in the console, until the relay stops. '}
                  <a href={hrefTo('try')}>Change them in Try</a>
                </>
              ) : (
                'They are in cdk.json; deploy to change them.'
              )}
            </small>
          </p>
          <table>
            <tbody>
              {settingsInForce().map(([name, value]) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  <td>{value}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </div>
    </>
  )
}
