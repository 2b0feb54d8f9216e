import { signal } from '@preact/signals'
import { useState } from 'preact/hooks'
import { ask } from '../state/api.ts'
import { setup } from '../state/setup.ts'

/** Changes with every failure that was chosen. */
export const faultVersion = signal(0)

/** The buttons that let the stand-in fail in a chosen way. */
export function Faults() {
  const [said, say] = useState('')
  const choose = async (name: string, what: string) => {
    const error = await ask('/local/fault', { name }).then(
      () => undefined,
      (error: Error) => error,
    )
    say(error?.message ?? what)
    faultVersion.value++
  }
  return (
    <section>
      <h2>Simulate a failure</h2>
      <div class="bar">
        {setup().faults.map(({ name, label, what }) => (
          <button
            key={name}
            type="button"
            class={name === 'clear' ? 'primary' : 'fault'}
            title={what}
            onClick={() => void choose(name, what)}
          >
            {label}
          </button>
        ))}
        <p class="status" role="status">
          {said}
        </p>
      </div>
    </section>
  )
}
