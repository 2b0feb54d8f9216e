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
      <section>
        <h2>Limits in force</h2>
        <dl class="record">
          {limits.map(({ name, value, what }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>
                {value} <span class="what">{what}</span>
              </dd>
            </div>
          ))}
        </dl>
      </section>
      <section>
        <h2>Settings in force</h2>
        <p class="what">
          {place === 'local' ? (
            <a href={hrefTo('try')}>Change them in Try</a>
          ) : (
            'They are in cdk.json; deploy to change them.'
          )}
        </p>
        <dl class="record">
          {settingsInForce().map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </section>
    </>
  )
}
