import { signal } from '@preact/signals'
import { useState } from 'preact/hooks'
import type { KustomerState } from '../../server/kustomer-shapes.ts'
import { ask } from '../state/api.ts'
import { setup } from '../state/setup.ts'

/** Changes with every failure that was chosen. */
export const faultVersion = signal(0)

/** The buttons that let the stand-in fail in a chosen way. `active`: the failures that have not ended yet. */
export function Faults({ active }: { active: KustomerState['active'] }) {
  const [said, say] = useState('')
  const [error, fail] = useState('')
  const choose = async (name: string, what: string) => {
    fail(
      await ask('/local/fault', { name }).then(
        () => '',
        ({ message }: Error) => message,
      ),
    )
    say(what)
    faultVersion.value++
  }
  return (
    <section>
      <h2>Simulate a failure</h2>
      <div class="bar">
        {setup().faults.map(({ name, label, what }) => {
          const isClear = name === 'clear'
          const isActive = active.some(one => one.name === name)
          return (
            <button
              key={name}
              type="button"
              class={isClear ? '' : isActive ? 'secondary' : 'secondary outline bad'}
              title={what}
              disabled={isClear && active.length === 0}
              aria-pressed={isClear ? undefined : isActive}
              onClick={() => void choose(name, what)}
            >
              {label}
            </button>
          )
        })}
        <small role="status">{error || (active.length === 0 ? 'No failure is active.' : said)}</small>
      </div>
    </section>
  )
}
