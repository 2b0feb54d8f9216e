import { now } from '../state/feed.ts'
import { setup } from '../state/setup.ts'
import { Alarms } from './alarms.tsx'
import { Findings } from './findings.tsx'

/** The view "Health": alarms and the doctor's findings of a deployed stack, and the limits and settings in force. */
export function HealthView() {
  const { limits, place } = setup()
  const settings = Object.entries(now.value?.settings ?? {})
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
        <dl class="record">
          {settings.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{typeof value === 'boolean' ? (value ? 'on' : 'off') : String(value)}</dd>
            </div>
          ))}
        </dl>
      </section>
    </>
  )
}
